// What does a run know of a path: is it below a folder that was listed, below one that could not
// be, or outside of all?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/run/archive.h"
#include "indexer/run/path_tree.h"

namespace dateline {

enum class Covered : std::uint8_t {
  outside,  // not asked for
  known,    // asked for and listed: what is not among the entries is gone
  unknown,  // asked for, but offline or not to be listed
};

// The deepest folder that holds a path decides. A path below a folder's given spelling is taken for
// the real one.
class Coverage {
 public:
  explicit Coverage(const Archive& archive);

  void set_offline(const ArchiveFolder& folder) { unknown_.add(folder.path); }
  Covered of(std::string_view path) const;

  // The name under which the run would have found the file; the path itself when that is its real
  // one.
  std::string scanned_name(std::string_view path) const;

 private:
  Covered of_real(std::string_view path) const;

  PathTree known_;
  PathTree unknown_;
  std::vector<std::pair<std::string, std::string>> spelt_;  // given, real
  // Of exactly this folder, not of what is below it.
  std::unordered_map<std::string, std::string> respelt_;
};

}  // namespace dateline
