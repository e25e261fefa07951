// One writer at a time.
//
// The file `lock` in the database's folder is locked (flock) for the whole run and says who holds it: "4711 2023-03-03T02:00:00Z".
// The kernel drops the lock when the process ends, however it ends; the file stays.
#pragma once

#include <chrono>
#include <filesystem>

#include "common/error.h"

namespace dateline {

class LockedError : public Error {
  using Error::Error;
};

class RunLock {
 public:
  // Throws LockedError naming the holder when another run has it, Error when the file cannot be made.
  // Tries again for `wait` when another run has it.
  explicit RunLock(const std::filesystem::path& database, std::chrono::duration<double> wait = {});
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;
  RunLock(const RunLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace dateline
