#include "common/child_process.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "common/error.h"

namespace dateline {
namespace {

constexpr int kPause = 100;  // milliseconds
constexpr int kShortPause = 20;

bool has_ended(pid_t child) {
  siginfo_t news{};
  return waitid(P_PID, static_cast<id_t>(child), &news, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         news.si_pid == child;
}

// All that the child writes. Its end counts as the end of the text: somebody else may hold the pipe
// open.
std::string read_all(int descriptor, pid_t child) {
  std::string text;
  std::array<char, 1 << 14> buffer;
  for (;;) {
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    const bool ended = has_ended(child);
    if (poll(&waiting, 1, ended ? 0 : kPause) == 0) {
      if (ended) return text;
      continue;
    }
    const auto got = read(descriptor, buffer.data(), buffer.size());
    if (got > 0)
      text.append(buffer.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR)
      return text;
  }
}

int run_without_exceptions(const std::function<int(int)>& work, int descriptor) {
  try {
    return work(descriptor);
  } catch (const std::exception& error) {
    const std::string line = std::string(error.what()) + '\n';
    return write(descriptor, line.data(), line.size()) < 0 ? 254 : 255;
  } catch (...) {  // Xapian's are none of these; what leaves here would be the parent once more
    return 255;
  }
}

void limit_time(std::uint64_t cpu_seconds) {
  const rlimit limit{.rlim_cur = cpu_seconds, .rlim_max = cpu_seconds + 1};
  setrlimit(RLIMIT_CPU, &limit);
}

// A child whose end nobody saw has not done its work.
ChildOutcome wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR)
      throw Error(fmt::format("how a child process ended is not known: {}", std::strerror(errno)));
  }
  return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
          .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          .output = {},
          .pid = child};
}

// Until it has ended, or its end cannot be seen. A signal to this process and the end of the child
// end the pause; where the kernel gives no descriptor of a process the pauses are short.
void pass_on_signals(pid_t child, const std::function<int()>& stop) {
  const int descriptor = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
  siginfo_t news{};
  while (waitid(P_PID, static_cast<id_t>(child), &news, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         news.si_pid != child) {
    if (const int signal = stop(); signal != 0) kill(child, signal);
    poll(&waiting, 1, descriptor < 0 ? kShortPause : kPause);
  }
  if (descriptor >= 0) close(descriptor);
}

}  // namespace

std::optional<ChildOutcome> go_on_in_child(std::uint64_t cpu_seconds,
                                           const std::function<int()>& stop) {
  std::signal(
      SIGCHLD,
      SIG_DFL);  // whoever started the program may ignore it: then no child can be waited for
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw UnreadableError(fmt::format("no process: {}", std::strerror(errno)));
  if (child > 0 && stop) pass_on_signals(child, stop);
  if (child > 0) return wait_for(child);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(3);  // it ended before that
  if (cpu_seconds > 0) limit_time(cpu_seconds);
  return std::nullopt;
}

ChildOutcome run_in_child(const std::function<int(int descriptor)>& work,
                          std::uint64_t cpu_seconds) {
  std::signal(SIGCHLD, SIG_DFL);
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0)
    throw UnreadableError(fmt::format("no pipe: {}", std::strerror(errno)));
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) {
    const int error = errno;
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    throw UnreadableError(fmt::format("no process: {}", std::strerror(error)));
  }
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);   // nobody waits for what it finds when the program is gone
    if (getppid() != parent) _exit(3);  // it ended before that
    close(pipe_ends[0]);
    limit_time(cpu_seconds);
    _exit(run_without_exceptions(work, pipe_ends[1]));
  }
  close(pipe_ends[1]);
  ChildOutcome outcome;
  outcome.output = read_all(pipe_ends[0], child);
  close(pipe_ends[0]);
  const ChildOutcome ended = wait_for(child);
  outcome.status = ended.status;
  outcome.signal = ended.signal;
  return outcome;
}

ProgressLimit::ProgressLimit() {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGXCPU;
  made_ = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer_) == 0;
}

ProgressLimit::~ProgressLimit() {
  if (made_) timer_delete(timer_);
}

void ProgressLimit::renew(std::chrono::seconds most) const {
  const itimerspec end{.it_interval = {}, .it_value = {.tv_sec = most.count(), .tv_nsec = 0}};
  if (made_) timer_settime(timer_, 0, &end, nullptr);
}

}  // namespace dateline
