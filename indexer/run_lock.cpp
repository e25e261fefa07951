#include "indexer/run_lock.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

namespace dateline {
namespace {

std::string holder(int descriptor) {
  std::array<char, 128> buffer{};
  const auto got = pread(descriptor, buffer.data(), buffer.size() - 1, 0);
  std::string text(buffer.data(), static_cast<std::size_t>(got > 0 ? got : 0));
  const auto blank = text.find(' ');
  if (blank == std::string::npos) return "another run";
  return fmt::format("process {} since {}", text.substr(0, blank), text.substr(blank + 1, text.find('\n') - blank - 1));
}

bool write_holder(int descriptor) {
  const std::string text = fmt::format("{} {:%Y-%m-%dT%H:%M:%SZ}\n", getpid(), fmt::gmtime(std::time(nullptr)));
  return ftruncate(descriptor, 0) == 0 && pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

constexpr int kFirstPause = 20;  // milliseconds; who only looked at the lock (--health) has gone then
constexpr int kPause = 200;

enum class Locking { done, held, stopped, failed };

// flock() cannot wait for a given time; five tries a second are enough for a person and nothing for the machine. A signal ends the pause.
Locking lock_within(int descriptor, const LockWait& wait) {
  const auto until = std::chrono::steady_clock::now() + wait.time;
  for (bool first = true;; first = false) {
    if (wait.stop && wait.stop()) return Locking::stopped;
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return Locking::done;
    if (errno != EWOULDBLOCK && errno != EINTR) return Locking::failed;
    if (!first && std::chrono::steady_clock::now() >= until) return Locking::held;
    poll(nullptr, 0, first ? kFirstPause : kPause);
  }
}

[[noreturn]] void throw_unlocked(const std::filesystem::path& database, Locking locking, const std::string& error, const std::string& holder) {
  if (locking == Locking::stopped) throw StoppedError(fmt::format("{}: stopped before anything was changed", database.string()));
  if (locking == Locking::failed) throw Error(fmt::format("{}: cannot be locked: {}", database.string(), error));
  throw LockedError(fmt::format("{}: is being written by {}", database.string(), holder),
                    "let that run end, or wait for it with --wait SECONDS");
}

}  // namespace

RunLock::RunLock(const std::filesystem::path& database, const LockWait& wait) {
  const auto file = database / "lock";
  descriptor_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) throw Error(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  if (const auto locking = lock_within(descriptor_, wait); locking != Locking::done) {
    const std::string error = std::strerror(errno);
    const std::string who = locking == Locking::held ? holder(descriptor_) : "";
    close(descriptor_);
    throw_unlocked(database, locking, error, who);
  }
  if (!write_holder(descriptor_)) {
    const std::string why = std::strerror(errno);
    close(descriptor_);
    throw Error(fmt::format("{}: {}", file.string(), why));
  }
  if (wait.locked) wait.locked();
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

}  // namespace dateline
