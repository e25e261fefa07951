#include "indexer/care/readable_tables.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "common/error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, std::string_view what, int error) {
  throw UnreadableError(fmt::format("{}: {}: {}", path.string(), what, std::strerror(error)));
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  fs::directory_iterator item(folder, failure);
  for (; !failure && item != fs::directory_iterator(); item.increment(failure)) {
    if (item->path().filename() != "flintlock") files.push_back(item->path());
  }
  if (failure) fail(folder, "cannot be listed", failure.value());
  return files;
}

bool may_be_written(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor >= 0) close(descriptor);
  return descriptor >= 0;
}

// 0 or an errno.
int copy_bytes(int from, int to) {
  std::vector<char> buffer(1 << 20);
  for (;;) {
    const auto got = read(from, buffer.data(), buffer.size());
    if (got == 0) return 0;
    if (got < 0 && errno != EINTR) return errno;
    for (ssize_t done = 0; done < got;) {
      const auto written = write(to, buffer.data() + done, static_cast<std::size_t>(got - done));
      if (written < 0 && errno != EINTR) return errno;
      if (written > 0) done += written;
    }
  }
}

}  // namespace

ReadableTables::ReadableTables(const fs::path& generation) : folder_(generation) {
  const auto files = files_of(generation);
  bool all = true;
  for (const auto& file : files) all = all && may_be_written(file);
  if (all) return;
  std::string name = (fs::temp_directory_path() / "dateline-check-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) fail(name, "cannot be made", errno);
  folder_ = name;
  copied_ = true;
  try {
    for (const auto& file : files) link_to_copy(file);
  } catch (...) {
    remove();
    throw;
  }
}

ReadableTables::~ReadableTables() { remove(); }

void ReadableTables::link_to_copy(const fs::path& table) {
  const int from = open(table.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (from < 0) fail(table, "cannot be read", errno);
  const fs::path named = folder_ / table.filename();
  const int to = open(named.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (to >= 0) copies_.push_back(to);
  const int error = to < 0 ? errno : copy_bytes(from, to);
  close(from);
  unlink(named.c_str());
  if (error != 0) fail(table, "cannot be copied to a temporary file", error);
  if (symlink(fmt::format("/proc/self/fd/{}", to).c_str(), named.c_str()) != 0) {
    fail(named, "cannot be made", errno);
  }
}

void ReadableTables::remove() {
  if (!copied_) return;
  for (const int copy : copies_) close(copy);
  std::error_code ignored;
  fs::remove_all(folder_, ignored);  // links of our own, not followed
}

}  // namespace dateline
