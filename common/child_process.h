// Work that may crash, done where a crash is only news: in a child process.
#pragma once

#include <sys/types.h>
#include <time.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace dateline {

struct ChildOutcome {
  int status = 0;      // what `work` returned, 0 to 255
  int signal = 0;      // that ended it, 0 when none did
  std::string output;  // what `work` wrote to its descriptor
  pid_t pid = 0;
};

// Runs `work(descriptor)` in a fork of this process, which must have no other thread; after so many
// seconds of computing SIGXCPU ends it. Throws Error when there can be no child.
ChildOutcome run_in_child(const std::function<int(int descriptor)>& work,
                          std::uint64_t cpu_seconds);

// Forks. In the child it returns nothing, and the caller goes on with the work there and ends as
// this process would have; in this process it returns when the child has ended, and how. Nothing
// may be waiting in a buffer to be printed. The child ends when this process does. Throws as above.
// `cpu_seconds` 0: no limit. `stop`, when it is not empty, is asked again and again while the child
// is at work: the signal it gives is passed on, 0 is none.
std::optional<ChildOutcome> go_on_in_child(std::uint64_t cpu_seconds,
                                           const std::function<int()>& stop = {});

// A limit for a thread that may be caught in an endless loop: SIGXCPU ends the process when the
// thread that made this computes for so long without a sign of progress. Without timers there is no
// limit.
class ProgressLimit {
 public:
  ProgressLimit();
  ~ProgressLimit();
  ProgressLimit(const ProgressLimit&) = delete;
  ProgressLimit& operator=(const ProgressLimit&) = delete;

  // The thread goes on: from now on it may compute for so long.
  void renew(std::chrono::seconds most) const;

 private:
  timer_t timer_{};
  bool made_;
};

}  // namespace dateline
