#include "common/cli/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <exception>
#include <new>

#include "common/cli/hint.h"
#include "common/cli/message.h"
#include "common/error.h"

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

int status_of_caught(std::string_view program) noexcept try {
  throw;
} catch (const OutputError& error) {
  return error.reader_is_gone() ? 0 : complain(program, error.what(), "", kOutputStatus);
} catch (const Error& error) {
  return complain(program, error.what(), hint_of(error), 3);
} catch (const std::bad_alloc&) {
  return complain(program, "out of memory", "", 3);
} catch (const std::exception& error) {
  return complain(program, error.what(), "", 3);
} catch (...) {
  return complain(program, "an error that has no words", "", 3);
}

void work_is_done() noexcept { done = true; }

bool begin_process(std::string_view program) noexcept {
  name = program;
  std::set_terminate(end_without_exception);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return take_standard_descriptors();
}

}  // namespace dateline
