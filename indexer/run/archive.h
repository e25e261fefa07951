// Which article files are there now?
//
// Walks folders, by their real path, for files whose suffix a format has (*.txt, in any letter
// case). Dot files and symbolic links
// are left out and counted; a file below two of the folders counts once, and so does a folder that
// is reached twice (a bind mount): it is known by device and inode, during this run only.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/error.h"

namespace dateline {

struct ArchiveEntry {
  std::string path;           // absolute and real in scan_archive, as given in list_files; bytes
  std::uint64_t size = 0;     // bytes
  std::int64_t modified = 0;  // nanoseconds since 1970
  std::int64_t changed = 0;   // nanoseconds since 1970, of the inode
  std::uint64_t inode = 0;
  auto operator<=>(const ArchiveEntry&) const = default;
};

constexpr const char* kNoFolder = "is no folder";  // why a file is offline that was named as one

// A folder asked for.
struct ArchiveFolder {
  std::string path;          // its real path
  std::string given = path;  // absolute and lexically normalised, as it was spelt
  std::string offline = {};  // why its files are not known; "" when they are
  bool reached_before =
      false;  // it holds more than the entries tell: found under another name, or left out
};

// A folder whose articles could not be looked at: those that are indexed stay.
struct OfflineFolder {
  std::string path;  // as it was spelt
  std::string why;
  bool operator==(const OfflineFolder&) const = default;
};

// A folder that the index knows by another name than the one it was scanned under.
struct Respelling {
  std::string folder;
  std::string scanned_as;
};

// What a folder is to the file system.
struct FolderId {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  auto operator<=>(const FolderId&) const = default;
};

struct Archive {
  std::vector<ArchiveFolder> folders;  // by real path
  std::vector<ArchiveEntry> entries;   // by path, each once
  std::vector<std::string>
      unreadable;             // sub-folders that could not be listed: nothing below them is known
  std::uint64_t ignored = 0;  // dot files, symbolic links, special files with such a suffix
  std::map<FolderId, std::string> visited = {};  // each folder that was listed, by its real path
  std::vector<Respelling> respelt = {};          // elsewhere.h finds them

  // The path under which this run listed a folder; nullptr when it did not, or it is not there.
  const std::string* scanned_as(const std::string& folder) const;
};

// Asked now and then whether to stop; may be empty.
using StopAsked = std::function<bool()>;

// A folder that is missing, is no folder or cannot be listed is offline. Throws StoppedError.
Archive scan_archive(const std::vector<std::filesystem::path>& folders, const StopAsked& stop = {});

struct ListedFile {
  std::string path;
  std::string folder;  // that was walked, as it was given; "": the file itself was named
};

struct FileList {
  std::vector<ListedFile> files;
  std::vector<std::string> unreadable;  // folders below those given that could not be listed
};

// For --extract: files as given, folders walked as above, paths joined to what was given. Throws
// Error when one is missing.
FileList list_files(const std::vector<std::filesystem::path>& arguments);

// A folder below an open one, entered without following a link; negative with errno when there is
// none.
int open_below(int top, std::string_view below);

// Is the path inside one of the folders? Both absolute and lexically normalised.
bool is_below(std::string_view path, const std::vector<std::string>& folders);

}  // namespace dateline
