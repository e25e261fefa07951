// Tables that Xapian's check can open.
//
// The check opens each table for writing although it writes nothing: one who may only read the
// index, or has it on a read-only disk, could not check it. Then the tables are copied to temporary
// files, which have no name and go with the process, however it ends.
#pragma once

#include <filesystem>
#include <vector>

namespace dateline {

class ReadableTables {
 public:
  // Throws UnreadableError when a table cannot be read or there is no room for the copy.
  explicit ReadableTables(const std::filesystem::path& generation);
  ReadableTables(const ReadableTables&) = delete;
  ReadableTables& operator=(const ReadableTables&) = delete;
  ~ReadableTables();

  // The generation itself when its tables may be written; otherwise a folder of links to the
  // copies.
  const std::filesystem::path& folder() const { return folder_; }

 private:
  void link_to_copy(const std::filesystem::path& table);
  void remove();

  std::filesystem::path folder_;
  bool copied_ = false;
  std::vector<int> copies_;
};

}  // namespace dateline
