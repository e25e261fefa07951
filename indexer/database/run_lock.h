// One writer at a time.
//
// The file `lock` in the database's folder is locked (flock) for the whole run and says who holds
// it: "4711 2023-03-03T02:00:00Z". The kernel drops the lock when the process ends, however it
// ends; the file stays.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>

#include "common/error.h"

namespace dateline {

constexpr const char* kLockName = "lock";

// Is this file one that a run wrote, or left empty?
bool is_lock_of_run(const std::filesystem::path& file);

class LockedError : public Error {
  using Error::Error;
};

// Asked to stop before anything was changed.
class StoppedError : public Error {
  using Error::Error;
};

// How long another run is waited for, and what ends the waiting before.
struct LockWait {
  std::chrono::duration<double> time{};
  std::function<bool()> stop = {};  // may be empty
};

class RunLock {
 public:
  // Throws LockedError naming the holder when another run has it, Error when the file cannot be
  // made or locked, or is none of ours. Tries again for `wait.time` when another run has it; throws
  // StoppedError when `wait.stop` says so, before or while it waits.
  explicit RunLock(const std::filesystem::path& database, const LockWait& wait = {});
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;
  RunLock(const RunLock&) = delete;

  // The same lock once more: other runs wait until both have gone. Throws Error.
  RunLock shared() const;

  // Writes beside pid and start that the run came to its end: it was not killed, though its line in
  // the history may be lost.
  void note_end() const;

 private:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace dateline
