// Which files were no articles when they were last looked at?
//
// Kept in the index's metadata, so that a bad file is named once and read again only when it
// changed: a nightly job that repeats itself is not read. A cell of times holds modified, changed
// and inode, and "outside" for a date that may be taken another day. One line a file:
// "no-date\t1234\t1677801600000000000 1677801600000000000 77\t2026-11-20\t/archive/a.txt"; in paths
// \, tab and line end are escaped. Lines of older programs lack the day.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

struct FailedFile {
  std::string path;
  std::uint64_t size = 0;     // bytes, when it failed
  std::int64_t modified = 0;  // nanoseconds since 1970
  std::string reason;         // reason_code
  std::int64_t changed = 0;   // nanoseconds since 1970, of the inode; 0: not known
  std::uint64_t inode = 0;    // 0: not known
  bool date_outside = false;  // a date that may be taken another day: looked at again each run
  std::string since = {};  // day when it was first seen to fail, UTC, "2026-11-20"; "" when unknown
  auto operator<=>(const FailedFile&) const = default;
};

// {"path":..,"reason":..,"size":..,"since":..}, since only when it is known; a path that is not
// UTF-8 adds "path_base64".
std::string to_json(const FailedFile& file);

std::string to_text(const std::vector<FailedFile>& files);

// Lines of another form are left out: such a file is looked at again, which costs little.
std::vector<FailedFile> parse_failed_files(std::string_view text);

}  // namespace dateline
