// Which article files are there now?
//
// Walks folders for *.txt. Dot files and symbolic links are left out and counted; a file below two of the folders counts once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace dateline {

struct ArchiveEntry {
  std::string path;             // absolute and lexically normalised in scan_archive, as given in list_files; bytes
  std::uint64_t size = 0;       // bytes
  std::int64_t modified = 0;    // nanoseconds since 1970
  std::int64_t changed = 0;     // nanoseconds since 1970, of the inode
  std::uint64_t inode = 0;
  auto operator<=>(const ArchiveEntry&) const = default;
};

struct Archive {
  std::vector<std::string> folders;    // absolute and lexically normalised
  std::vector<ArchiveEntry> entries;   // by path, each once
  std::vector<std::string> unreadable; // sub-folders that could not be listed: nothing below them is known
  std::uint64_t ignored = 0;           // dot files, symbolic links, special files; *.txt only
};

// Throws Error when one of the folders is missing, is no folder or cannot be listed.
Archive scan_archive(const std::vector<std::filesystem::path>& folders);

// For --extract: files as given, folders walked as above, paths joined to what was given. Throws Error when one is missing.
std::vector<std::string> list_files(const std::vector<std::filesystem::path>& arguments);

// Is the path inside one of the folders? Both absolute and lexically normalised.
bool is_below(std::string_view path, const std::vector<std::string>& folders);

// The whole file. Throws ArticleError: unreadable, too_large.
std::string read_article_file(const std::string& path);

}  // namespace dateline
