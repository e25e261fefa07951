#include "indexer/database/run_lock.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <string_view>
#include <utility>

namespace dateline {
namespace {

// A link is not followed and a FIFO not waited for.
constexpr int kSafely = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;

constexpr const char* kForeignHint = "move it away if it is yours";

std::string note_of(int descriptor) {
  std::array<char, 128> buffer{};
  const auto got = pread(descriptor, buffer.data(), buffer.size(), 0);
  return {buffer.data(), static_cast<std::size_t>(got > 0 ? got : 0)};
}

// "4711 2023-03-03T02:00:00Z\n", a second time when the run has ended, or a part of it, for a run
// may be killed while it writes; where the power was cut, with NULs in it. Nothing else is ever
// overwritten.
bool is_note_of_run(std::string_view text) {
  constexpr std::string_view kOfNotes{"0123456789 -:TZ\n\0", 17};
  return text.find_first_not_of(kOfNotes) == std::string_view::npos;
}

std::string holder(int descriptor) {
  const std::string text = note_of(descriptor);
  const auto blank = text.find(' ');
  const bool whole = text.find('\0') == std::string::npos && is_note_of_run(text);
  if (blank == std::string::npos || !whole) return "another run";
  return fmt::format("process {} since {}", text.substr(0, blank),
                     text.substr(blank + 1, text.find('\n') - blank - 1));
}

bool write_holder(int descriptor) {
  const std::string text =
      fmt::format("{} {:%Y-%m-%dT%H:%M:%SZ}\n", getpid(), fmt::gmtime(std::time(nullptr)));
  return ftruncate(descriptor, 0) == 0 &&
         pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

// Milliseconds. Who only looked at the lock (--health), and the child of a run that was killed a
// moment ago, have gone after the short ones.
constexpr int kShortPause = 20;
constexpr int kShortPauses = 15;
constexpr int kPause = 200;

enum class Locking { done, held, stopped, failed };

// flock() cannot wait for a given time; five tries a second are enough for a person and nothing for
// the machine. A signal ends the pause.
Locking lock_until(int descriptor, std::chrono::steady_clock::time_point until,
                   const std::function<bool()>& stop) {
  for (int tries = 0;; ++tries) {
    if (stop && stop()) return Locking::stopped;
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return Locking::done;
    if (errno != EWOULDBLOCK && errno != EINTR) return Locking::failed;
    const bool soon = tries < kShortPauses;
    if (!soon && std::chrono::steady_clock::now() >= until) return Locking::held;
    poll(nullptr, 0, soon ? kShortPause : kPause);
  }
}

[[noreturn]] void throw_unlocked(const std::filesystem::path& database, Locking locking,
                                 const std::string& error, const std::string& holder) {
  if (locking == Locking::stopped) {
    throw StoppedError(fmt::format("{}: stopped before anything was changed", database.string()));
  }
  if (locking == Locking::failed) {
    throw Error(fmt::format("{}: cannot be locked: {}", database.string(), error));
  }
  throw LockedError(fmt::format("{}: is being written by {}", database.string(), holder),
                    Remedy{RemedyKind::wait});
}

[[noreturn]] void fail(const std::filesystem::path& file, int error) {
  throw Error(fmt::format("{}: {}", file.string(), std::strerror(error)));
}

// The file as it is, or a new one; closed unless it is released. What is there is not touched.
class OpenLock {
 public:
  explicit OpenLock(const std::filesystem::path& file)
      : number_(open(file.c_str(), O_RDWR | kSafely)) {
    if (number_ < 0 && errno == ENOENT) {
      number_ = open(file.c_str(), O_RDWR | O_CREAT | kSafely, 0644);
    }
    writable_ = number_ >= 0;
    if (number_ < 0 && errno == EACCES) number_ = open(file.c_str(), O_RDONLY | kSafely);
    if (number_ < 0 && errno != ELOOP && errno != EISDIR && errno != ENXIO) fail(file, errno);
    struct stat status {};
    if (number_ < 0 || fstat(number_, &status) != 0 || !S_ISREG(status.st_mode)) {
      if (number_ >= 0) close(number_);
      throw Error(fmt::format("{}: is no lock of a run", file.string()), kForeignHint);
    }
    only_name_ = status.st_nlink == 1;
  }
  OpenLock(const OpenLock&) = delete;
  OpenLock& operator=(const OpenLock&) = delete;
  ~OpenLock() {
    if (number_ >= 0) close(number_);
  }

  int number() const { return number_; }
  bool writable() const { return writable_; }
  bool only_name() const { return only_name_; }
  int release() { return std::exchange(number_, -1); }

  bool is_file_of(const std::filesystem::path& file) const {
    struct stat opened {};
    struct stat named {};
    return fstat(number_, &opened) == 0 && lstat(file.c_str(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
  }

 private:
  int number_;
  bool writable_ = false;
  bool only_name_ = false;
};

}  // namespace

RunLock::RunLock(const std::filesystem::path& database, const LockWait& wait) : descriptor_(-1) {
  const auto file = database / kLockName;
  const auto until = std::chrono::steady_clock::now() +
                     std::chrono::duration_cast<std::chrono::steady_clock::duration>(wait.time);
  while (descriptor_ < 0) {
    OpenLock opened(file);
    if (const auto locking = lock_until(opened.number(), until, wait.stop);
        locking != Locking::done) {
      const std::string error = std::strerror(errno);
      throw_unlocked(database, locking, error,
                     locking == Locking::held ? holder(opened.number()) : "");
    }
    if (!opened.is_file_of(file)) continue;  // another run put a new one in its place meanwhile
    if (!opened.writable()) {
      // Left by another user. As the lock is ours now, nobody else is about to replace it.
      if (unlink(file.c_str()) != 0) fail(file, errno);
      continue;
    }
    if (!is_note_of_run(note_of(opened.number()))) {
      throw Error(fmt::format("{}: is no lock of a run", file.string()), kForeignHint);
    }
    if (!opened.only_name()) {  // `cp -al` copied the index: the other name keeps its text
      if (unlink(file.c_str()) != 0) fail(file, errno);
      continue;
    }
    if (!write_holder(opened.number())) fail(file, errno);
    descriptor_ = opened.release();
  }
}

bool is_lock_of_run(const std::filesystem::path& file) {
  const int number = open(file.c_str(), O_RDONLY | kSafely);
  if (number < 0) return false;
  struct stat status {};
  const bool ours =
      fstat(number, &status) == 0 && S_ISREG(status.st_mode) && is_note_of_run(note_of(number));
  close(number);
  return ours;
}

RunLock RunLock::shared() const {
  const int copy = fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) throw Error(fmt::format("the lock cannot be held: {}", std::strerror(errno)));
  return RunLock(copy);
}

// What cannot be written here costs --health a word, and the run nothing.
void RunLock::note_end() const {
  const auto line = note_of(descriptor_).find('\n');
  if (line == std::string::npos) return;
  const std::string text = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}\n", fmt::gmtime(std::time(nullptr)));
  [[maybe_unused]] const auto written =
      pwrite(descriptor_, text.data(), text.size(), static_cast<off_t>(line + 1));
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

}  // namespace dateline
