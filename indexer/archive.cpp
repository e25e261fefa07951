#include "indexer/archive.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "common/article.h"
#include "common/error.h"
#include "common/unicode.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

struct CloseFile {
  int descriptor;
  ~CloseFile() { close(descriptor); }
};

std::string reason() { return std::strerror(errno); }

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

bool is_article_name(std::string_view name) { return name.ends_with(".txt"); }

// Collects the articles below one folder, one system call a name; folders still to be read are kept on a stack.
class Walk {
 public:
  explicit Walk(Archive& found) : found_(found) {}

  void below(const std::string& root) {
    waiting_.push_back(root);
    while (!waiting_.empty()) {
      const std::string folder = std::move(waiting_.back());
      waiting_.pop_back();
      if (!read(folder)) {
        if (folder == root) throw Error(fmt::format("{}: cannot be listed: {}", replace_invalid_utf8(root), reason()));
        found_.unreadable.push_back(folder);
      }
    }
  }

 private:
  bool read(const std::string& folder) {
    const OpenFolder open(opendir(folder.c_str()));
    if (!open) return false;
    errno = 0;
    while (const dirent* item = readdir(open.get())) {
      take(folder, dirfd(open.get()), *item);
      errno = 0;
    }
    return errno == 0;
  }

  void take(const std::string& folder, int descriptor, const dirent& item) {
    const std::string_view name = item.d_name;
    if (name == "." || name == "..") return;
    const bool article = is_article_name(name);
    if (item.d_type == DT_REG && !article) return;
    struct stat state {};
    if (fstatat(descriptor, item.d_name, &state, AT_SYMLINK_NOFOLLOW) != 0) return;  // gone since it was listed
    if (name.starts_with('.') || (!S_ISDIR(state.st_mode) && !S_ISREG(state.st_mode))) {
      found_.ignored += article ? 1u : 0u;
    } else if (S_ISDIR(state.st_mode)) {
      waiting_.push_back(join(folder, name));
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
  std::vector<std::string> waiting_;
};

std::string normalised(const fs::path& folder) {
  std::string path = fs::absolute(folder).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

void require_folder(const fs::path& folder) {
  std::error_code failure;
  if (!fs::exists(folder, failure)) throw Error(fmt::format("{}: no such folder", replace_invalid_utf8(folder.string())));
  if (!fs::is_directory(folder, failure)) throw Error(fmt::format("{}: is no folder", replace_invalid_utf8(folder.string())));
}

}  // namespace

Archive scan_archive(const std::vector<fs::path>& folders) {
  Archive archive;
  for (const auto& folder : folders) {
    require_folder(folder);
    archive.folders.push_back(normalised(folder));
  }
  std::ranges::sort(archive.folders);
  Walk walk(archive);
  std::vector<std::string> walked;
  for (const auto& folder : archive.folders) {
    if (is_below(folder, walked)) continue;
    walk.below(folder);
    walked.push_back(folder);
  }
  archive.folders = std::move(walked);
  std::ranges::sort(archive.entries);
  return archive;
}

std::vector<std::string> list_files(const std::vector<fs::path>& arguments) {
  std::vector<std::string> files;
  for (const auto& argument : arguments) {
    std::error_code failure;
    if (!fs::exists(argument, failure)) throw Error(fmt::format("{}: no such file or folder", replace_invalid_utf8(argument.string())));
    if (!fs::is_directory(argument, failure)) {
      files.push_back(argument.string());
      continue;
    }
    Archive found;
    Walk(found).below(argument.string());
    std::ranges::sort(found.entries);
    for (auto& entry : found.entries) files.push_back(std::move(entry.path));
  }
  return files;
}

bool is_below(std::string_view path, const std::vector<std::string>& folders) {
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    if (folder == "/" || path == folder) return true;
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
  });
}

std::string read_article_file(const std::string& path) {
  const std::string shown = replace_invalid_utf8(path);
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw ArticleError(BadArticle::unreadable, fmt::format("{}: {}", shown, reason()));
  const CloseFile closing{descriptor};
  struct stat state {};
  if (fstat(descriptor, &state) != 0) throw ArticleError(BadArticle::unreadable, fmt::format("{}: {}", shown, reason()));
  if (state.st_size > static_cast<off_t>(kLargestArticle)) {
    throw ArticleError(BadArticle::too_large, fmt::format("{}: {} bytes, more than {}", shown, state.st_size, kLargestArticle));
  }
  // One byte more than expected tells a file that grew meanwhile; it may, up to the limit.
  std::string bytes(static_cast<std::size_t>(state.st_size) + 1, '\0');
  std::size_t filled = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw ArticleError(BadArticle::unreadable, fmt::format("{}: {}", shown, reason()));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > kLargestArticle) throw ArticleError(BadArticle::too_large, fmt::format("{}: more than {} bytes", shown, kLargestArticle));
    if (filled == bytes.size()) bytes.resize(2 * bytes.size());
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace dateline
