// Has the file changed since it was indexed?
//
// Size, modification time, change time and inode decide without reading; where one differs the
// content hash does. An edit may keep size and modification time (an editor that restores it, a
// copy that preserves it); nobody sets the change time. Stored with each document in
// Slot::file_state: five little-endian 64-bit numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dateline {

struct FileState {
  std::uint64_t size = 0;     // bytes
  std::int64_t modified = 0;  // nanoseconds since 1970
  std::uint64_t hash = 0;     // content_hash of the file's bytes
  std::int64_t changed = 0;   // nanoseconds since 1970 of the inode's last change; 0: not known
  std::uint64_t inode = 0;    // 0: not known
  bool operator==(const FileState&) const = default;
};

constexpr std::size_t kFileStateBytes = 40;
std::string pack_file_state(const FileState& state);
std::optional<FileState> unpack_file_state(
    std::string_view packed);  // absent when it is of another size

}  // namespace dateline
