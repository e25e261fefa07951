#include "indexer/run/article_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "common/descriptor.h"
#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/formats/format.h"

namespace dateline {
namespace {

[[noreturn]] void refuse(std::string_view path, std::string_view why) {
  throw ArticleError(BadArticle::unreadable,
                     fmt::format("{}: {}", replace_invalid_utf8(path), why));
}

[[noreturn]] void refuse(std::string_view path) { refuse(path, std::strerror(errno)); }

[[noreturn]] void refuse_size(const std::string& path, std::string_view size) {
  throw ArticleError(
      BadArticle::too_large,
      fmt::format("{}: {} than {}", replace_invalid_utf8(path), size, kLargestArticle));
}

// A link that may not be followed, or a socket.
bool is_other_kind(int error) { return error == ELOOP || error == ENXIO || error == ENOTDIR; }

// All bytes of an open file.
std::string read_all(int descriptor, const std::string& path) {
  struct stat state {};
  if (fstat(descriptor, &state) != 0) refuse(path);
  if (!S_ISREG(state.st_mode)) refuse(path, "is no regular file");
  if (state.st_size > static_cast<off_t>(kLargestArticle)) {
    refuse_size(path, fmt::format("{} bytes, more", state.st_size));
  }
  // One byte more than expected tells a file that grew meanwhile; it may, up to the limit.
  std::string bytes(static_cast<std::size_t>(state.st_size) + 1, '\0');
  std::size_t filled = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(path);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    if (filled > kLargestArticle) refuse_size(path, "more");
    if (filled == bytes.size()) bytes.resize(2 * bytes.size());
  }
  bytes.resize(filled);
  return bytes;
}

// The file of that path, whose folder is open.
std::string read_in(int folder, const std::string& path) {
  const Descriptor file(openat(folder, path.c_str() + path.rfind('/') + 1,
                               O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file) {
    if (is_other_kind(errno)) refuse(path, "is no regular file any more");
    refuse(path);
  }
  return read_all(file.get(), path);
}

std::string_view first_name(std::string_view path) { return path.substr(0, path.find('/')); }

}  // namespace

ArticleReader::ArticleReader(ArticleReader&& other) noexcept
    : archive_(other.archive_),
      folder_(std::move(other.folder_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {
  other.folder_.clear();
}

void ArticleReader::close_folder() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
  folder_.clear();
}

// The scanned folder that holds `folder`, seen to be the very one; `below` becomes the rest of the
// way.
int ArticleReader::open_root(std::string_view folder, std::string_view& below) const {
  for (const auto& root : archive_.folders) {
    if (!is_below(folder, {root.path})) continue;
    const int descriptor =
        open(root.path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) refuse(root.path);
    struct stat state {};
    const bool known = fstat(descriptor, &state) == 0;
    const auto scanned =
        known ? archive_.visited.find({state.st_dev, state.st_ino}) : archive_.visited.end();
    if (scanned == archive_.visited.end() || scanned->second != root.path) {
      close(descriptor);
      refuse(root.path, "is another folder than when it was listed");
    }
    below = folder.substr(root.path.size());
    return descriptor;
  }
  refuse(folder, "lies in none of the folders");
}

void ArticleReader::enter(std::string_view folder) {
  if (descriptor_ >= 0 && folder_ == folder) return;
  close_folder();
  std::string_view below;
  int descriptor = open_root(folder, below);
  while (!below.empty()) {
    if (below.front() == '/') {
      below.remove_prefix(1);
      continue;
    }
    const std::string name(first_name(below));
    below.remove_prefix(name.size());
    const Descriptor parent(descriptor);
    descriptor = openat(parent.get(), name.c_str(),
                        O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
      const std::string_view shown = folder.substr(0, folder.size() - below.size());
      if (is_other_kind(errno)) refuse(shown, "is no folder any more");
      refuse(shown);
    }
  }
  descriptor_ = descriptor;
  folder_ = folder;
}

std::string ArticleReader::read(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) refuse(path, "is no absolute path");
  enter(std::string_view(path).substr(0, std::max<std::size_t>(slash, 1)));
  return read_in(descriptor_, path);
}

std::string read_listed_file(const ListedFile& file) {
  if (file.folder.empty()) return read_article_file(file.path);
  const Descriptor top(open(file.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
  if (!top) refuse(file.folder);
  const std::string_view path = file.path;
  const auto begin = file.folder.size();
  const auto slash = std::max(path.rfind('/'), begin);
  const Descriptor folder(open_below(top.get(), path.substr(begin, slash - begin)));
  if (!folder) {
    if (is_other_kind(errno)) refuse(path.substr(0, slash), "is no folder any more");
    refuse(path);
  }
  return read_in(folder.get(), file.path);
}

std::string read_article_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file) refuse(path);
  return read_all(file.get(), path);
}

}  // namespace dateline
