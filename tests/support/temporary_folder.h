// A folder of its own for one test, gone with it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace dateline::test {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// A folder of articles yet to be written, and where their index is to be.
struct Workplace {
  TemporaryFolder folder;
  std::string archive = (folder / "archive").string();
  std::string database = (folder / "index.db").string();
};

// Makes parent folders; replaces what is there.
void write_file(const std::filesystem::path& file, std::string_view bytes);
std::string read_file(const std::filesystem::path& file);

// " date DAY \n\n\n\nBODY\n"
std::string article_bytes(std::string_view day, std::string_view body);

// Folders of the checkout.
std::filesystem::path source_folder();
std::filesystem::path data_folder();

}  // namespace dateline::test
