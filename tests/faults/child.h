// A program run for at most a minute, with a library preloaded or as another user: the runs of
// tests that break things.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace dateline::test {

inline constexpr int kHangStatus = 128 + 14;  // ended by the alarm

struct ChildRequest {
  std::string program;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> environment;
  uid_t user = 0;                // 0: who runs the test
  unsigned long file_limit = 0;  // bytes a file may have, 0: any
  unsigned seconds = 60;
};

// A child that was started and is to be waited for.
class Child {
 public:
  explicit Child(const ChildRequest& request);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void kill();
  // What it printed and how it ended: its exit status, 128 + signal, kHangStatus when it took too
  // long.
  Outcome wait();

 private:
  std::string out_file_;
  std::string err_file_;
  pid_t id_ = -1;
};

inline Outcome run_child(const ChildRequest& request) { return Child(request).wait(); }

}  // namespace dateline::test
