#include "common/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <exception>

#include "common/error.h"
#include "common/message.h"

namespace dateline {
namespace {

std::string_view name;
std::atomic<bool> done{false};

[[noreturn]] void end_without_exception() {
  say(name);
  say(": out of memory, or an error that cannot be told");
  say(done ? "; the work is done\n" : "\n");
  _exit(done ? kOutputStatus : 3);
}

// O_PATH: neither read() nor write() succeeds, unlike with /dev/null, where output would be lost
// without a word.
bool take_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
    if (open("/", O_PATH | O_DIRECTORY) != descriptor) return false;
  }
  return true;
}

}  // namespace

void work_is_done() noexcept { done = true; }

bool begin_process(std::string_view program) noexcept {
  name = program;
  std::set_terminate(end_without_exception);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return take_standard_descriptors();
}

}  // namespace dateline
