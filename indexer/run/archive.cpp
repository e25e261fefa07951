#include "indexer/run/archive.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <memory>

#include "common/descriptor.h"
#include "common/error.h"
#include "common/real_path.h"
#include "common/text/unicode.h"
#include "indexer/database/run_lock.h"
#include "indexer/formats/article_format.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

std::string reason() { return std::strerror(errno); }

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FolderId id_of(const struct stat& state) { return {state.st_dev, state.st_ino}; }

int duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 0); }

// Collects the articles below folders, one system call a name; folders still to be read are kept on
// a stack.
class Walk {
 public:
  Walk(Archive& found, const StopAsked& stop) : found_(found), stop_(stop) {}

  // Why the folder itself could not be listed; "" when it could.
  std::string below(const std::string& root) {
    const Descriptor top(open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
    std::string why;
    if (!top || !read(root, duplicate(top.get())))
      why = fmt::format("cannot be listed: {}", reason());
    while (!waiting_.empty()) {
      const std::string folder = std::move(waiting_.back());
      waiting_.pop_back();
      if (!read(folder, open_below(top.get(), folder.substr(root.size())))) {
        found_.unreadable.push_back(folder);
      }
    }
    return why;
  }

  // Was a folder reached that had been listed under another name?
  bool reached_before() const { return reached_before_; }

 private:
  bool read(const std::string& folder, int descriptor) {
    if (descriptor < 0) return false;
    const OpenFolder open(fdopendir(descriptor));
    if (!open) {
      close(descriptor);
      return false;
    }
    if (!is_new(dirfd(open.get()), folder)) return true;
    folders_.clear();
    failure_ = 0;
    errno = 0;
    while (const dirent* item = readdir(open.get())) {
      if (stop_ && stop_()) throw StoppedError("stopped");
      take(folder, dirfd(open.get()), *item);
      errno = 0;
    }
    if (errno != 0) failure_ = errno;
    // In order of their names, so that of two names for one folder it is always the same that
    // counts.
    std::ranges::sort(folders_, std::greater<>());
    waiting_.insert(waiting_.end(), folders_.begin(), folders_.end());
    errno = failure_;
    return failure_ == 0;
  }

  bool is_new(int descriptor, const std::string& folder) {
    struct stat state {};
    if (fstat(descriptor, &state) != 0)
      return true;  // listed all the same: rather twice than never
    const auto [at, is_new] = found_.visited.emplace(id_of(state), folder);
    if (!is_new && at->second != folder) reached_before_ = true;
    return is_new;
  }

  void take(const std::string& folder, int descriptor, const dirent& item) {
    const std::string_view name = item.d_name;
    if (name == "." || name == "..") return;
    const bool article = has_article_suffix(name);
    if (item.d_type == DT_REG && !article) return;
    struct stat state {};
    if (fstatat(descriptor, item.d_name, &state, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno != ENOENT)
        failure_ = errno;  // it may be there: a folder whose names can be read, but not followed
      return;
    }
    if (name.starts_with('.') || (!S_ISDIR(state.st_mode) && !S_ISREG(state.st_mode))) {
      found_.ignored += article ? 1u : 0u;
    } else if (S_ISDIR(state.st_mode)) {
      folders_.push_back(join(folder, name));
    } else if (article) {
      found_.entries.push_back({.path = join(folder, name),
                                .size = static_cast<std::uint64_t>(state.st_size),
                                .modified = nanoseconds(state.st_mtim),
                                .changed = nanoseconds(state.st_ctim),
                                .inode = state.st_ino});
    }
  }

  static std::string join(const std::string& folder, std::string_view name) {
    std::string path = folder;
    if (!path.ends_with('/')) path += '/';
    return path.append(name);
  }

  Archive& found_;
  const StopAsked& stop_;
  std::vector<std::string> waiting_;
  std::vector<std::string> folders_;  // of the folder being read
  int failure_ = 0;                   // of the folder being read
  bool reached_before_ = false;
};

// Why this is no folder that can be walked; "" when it is one.
std::string no_folder(const std::string& path) {
  struct stat state {};
  if (stat(path.c_str(), &state) == 0) return S_ISDIR(state.st_mode) ? "" : kNoFolder;
  return errno == ENOENT || errno == ENOTDIR ? "no such folder" : reason();
}

// What is spelt "link/.." may be another folder than the one meant.
ArchiveFolder asked_for(const fs::path& folder) {
  const std::string real = real_path(folder);
  const std::string spelt = spelt_path(folder);
  return {.path = real, .given = real_path(spelt) == real ? spelt : real};
}

}  // namespace

const std::string* Archive::scanned_as(const std::string& folder) const {
  struct stat state {};
  if (stat(folder.c_str(), &state) != 0) return nullptr;
  const auto found = visited.find(id_of(state));
  return found == visited.end() ? nullptr : &found->second;
}

Archive scan_archive(const std::vector<fs::path>& folders, const StopAsked& stop) {
  Archive archive;
  for (const auto& folder : folders) archive.folders.push_back(asked_for(folder));
  std::ranges::stable_sort(archive.folders, {}, &ArchiveFolder::path);
  for (auto& folder : archive.folders) {
    Walk walk(archive, stop);
    folder.offline = no_folder(folder.path);
    if (folder.offline.empty()) folder.offline = walk.below(folder.path);
    folder.reached_before = walk.reached_before();
  }
  std::ranges::sort(archive.entries);
  return archive;
}

FileList list_files(const std::vector<fs::path>& arguments) {
  FileList list;
  for (const auto& argument : arguments) {
    std::error_code failure;
    const std::string shown = replace_invalid_utf8(argument.string());
    if (!fs::exists(argument, failure))
      throw Error(fmt::format("{}: no such file or folder", shown));
    if (!fs::is_directory(argument, failure)) {
      list.files.push_back({argument.string(), ""});
      continue;
    }
    Archive found;
    if (const auto why = Walk(found, {}).below(argument.string()); !why.empty())
      throw Error(fmt::format("{}: {}", shown, why));
    std::ranges::sort(found.entries);
    for (auto& entry : found.entries) {
      list.files.push_back({std::move(entry.path), argument.string()});
    }
    list.unreadable.insert(list.unreadable.end(), found.unreadable.begin(), found.unreadable.end());
  }
  return list;
}

// Folder by folder: one on the way may have become a link that leads out of the archive.
int open_below(int top, std::string_view below) {
  if (below.size() >= PATH_MAX) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int descriptor = duplicate(top);
  while (!below.empty() && descriptor >= 0) {
    const std::string name(below.substr(0, below.find('/')));
    below.remove_prefix(std::min(below.size(), name.size() + 1));
    if (name.empty()) continue;
    const Descriptor parent(descriptor);
    descriptor = openat(parent.get(), name.c_str(),
                        O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  }
  return descriptor;
}

bool is_below(std::string_view path, const std::vector<std::string>& folders) {
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    if (folder == "/" || path == folder) return true;
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
  });
}

}  // namespace dateline
