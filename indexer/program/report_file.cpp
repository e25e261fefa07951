#include "indexer/program/report_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "common/cli/write_all.h"
#include "common/descriptor.h"
#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;                      // as the kernel follows
constexpr std::chrono::seconds kReaderMayCome{10};  // to a FIFO that nobody reads yet

[[noreturn]] void fail(const fs::path& file) {
  throw Error(fmt::format("{}: cannot be written: {}", replace_invalid_utf8(file.string()),
                          std::strerror(errno)));
}

// Where a chain of symbolic links ends, be there a file or not; absent when it leads through
// /proc/self/fd, to what is open already.
std::optional<fs::path> end_of_links(fs::path file) {
  for (int i = 0; i < kMostLinks; ++i) {
    const std::string folder = file.parent_path().string();
    if (folder == "/dev/fd" || folder.starts_with("/proc/")) return std::nullopt;
    std::error_code failure;
    const fs::path target = fs::read_symlink(file, failure);
    if (failure) return file;
    file = target.is_absolute() ? target : file.parent_path() / target;
  }
  return file;
}

bool written_all(const Descriptor& out, std::string_view text) {
  const int error = write_all(out.get(), text);
  errno = error != 0 ? error : errno;
  return error == 0;
}

int open_for_writing(const fs::path& file, int flags) {
  int descriptor = -1;
  do descriptor = open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666);
  while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

// A FIFO without a reader would hold the run for ever.
int open_patiently(const fs::path& file, int flags) {
  const auto until = std::chrono::steady_clock::now() + kReaderMayCome;
  for (;;) {
    const int descriptor = open_for_writing(file, flags | O_NONBLOCK);
    if (descriptor >= 0 || errno != ENXIO || std::chrono::steady_clock::now() > until) {
      return descriptor;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

// /dev/stdout that is a file keeps what was printed before.
void write_in_place(const fs::path& file, std::string_view text, int flags) {
  Descriptor out(open_patiently(file, flags));
  if (!out) fail(file);
  const int had = fcntl(out.get(), F_GETFL);
  if (had < 0 || fcntl(out.get(), F_SETFL, had & ~O_NONBLOCK) != 0 || !written_all(out, text) ||
      !out.close()) {
    fail(file);
  }
}

// As the file that is replaced; what may not be given away stays ours.
bool take_after(const Descriptor& fresh, const struct stat& old) {
  struct stat state {};
  if (fstat(fresh.get(), &state) != 0) return false;
  const bool same_owner = state.st_uid == old.st_uid && state.st_gid == old.st_gid;
  if (!same_owner && fchown(fresh.get(), old.st_uid, old.st_gid) != 0 && errno != EPERM &&
      errno != EINVAL) {
    return false;
  }
  return fchmod(fresh.get(), old.st_mode & 0777) == 0;
}

bool sync(int descriptor) { return fsync(descriptor) == 0 || errno == EINVAL || errno == ENOSYS; }

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

bool replace(const fs::path& file, const fs::path& fresh, const struct stat* old,
             std::string_view text) {
  Descriptor out(open_for_writing(fresh, O_CREAT | O_EXCL | O_NOFOLLOW));
  if (!out && errno == EEXIST && unlink(fresh.c_str()) == 0) {  // of a killed run with our number
    return replace(file, fresh, old, text);
  }
  if (!out) return false;
  const bool written = (old == nullptr || take_after(out, *old)) && written_all(out, text) &&
                       sync(out.get()) && out.close() && ::rename(fresh.c_str(), file.c_str()) == 0;
  if (!written) {
    const int why = errno;
    unlink(fresh.c_str());
    errno = why;
    return false;
  }
  const Descriptor folder(open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return !folder || sync(folder.get());  // a folder that may not be read cannot be synced
}

// The folder may not be written, or the file is mounted by itself.
bool must_stay(int error) {
  return error == EACCES || error == EPERM || error == EROFS || error == EBUSY || error == EXDEV;
}

}  // namespace

bool is_replaceable(const fs::path& file) {
  struct stat state {};
  if (!end_of_links(file)) return false;
  return stat(file.c_str(), &state) != 0 || S_ISREG(state.st_mode);
}

void write_report(const fs::path& file, std::string_view text) {
  if (!is_replaceable(file)) return write_in_place(file, text, O_APPEND);
  const fs::path target = *end_of_links(file);
  struct stat state {};
  const bool there = stat(target.c_str(), &state) == 0;
  const fs::path fresh = folder_of(target) / fmt::format(".dateline-{}.new", getpid());
  if (replace(target, fresh, there ? &state : nullptr, text)) return;
  if (!there || !must_stay(errno)) fail(file);
  write_in_place(target, text, O_TRUNC);
}

}  // namespace dateline
