#include "indexer/run_lock.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <thread>
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

// flock() cannot wait for a given time; five tries a second are enough for a person and nothing for the machine.
bool lock_within(int descriptor, std::chrono::duration<double> wait) {
  const auto until = std::chrono::steady_clock::now() + wait;
  while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return true;
}

}  // namespace

RunLock::RunLock(const std::filesystem::path& database, std::chrono::duration<double> wait) {
  const auto file = database / "lock";
  descriptor_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) throw Error(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  if (!lock_within(descriptor_, wait)) {
    const std::string who = errno == EWOULDBLOCK ? "is being written by " + holder(descriptor_) : std::strerror(errno);
    close(descriptor_);
    throw LockedError(fmt::format("{}: {}", database.string(), who), "let that run end, or wait for it with --wait SECONDS");
  }
  if (!write_holder(descriptor_)) {
    const std::string why = std::strerror(errno);
    close(descriptor_);
    throw Error(fmt::format("{}: {}", file.string(), why));
  }
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

}  // namespace dateline
