#include "tests/support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace dateline::test {
namespace {

struct Pipe {
  std::array<int, 2> ends{};
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
};

void append_available(int descriptor, std::string& text, bool& open) {
  std::array<char, 1 << 16> buffer;
  const auto got = read(descriptor, buffer.data(), buffer.size());
  if (got <= 0)
    open = false;
  else
    text.append(buffer.data(), static_cast<std::size_t>(got));
}

void drain(int out, int err, Outcome& outcome) {
  bool out_open = true;
  bool err_open = true;
  while (out_open || err_open) {
    std::array<pollfd, 2> waiting{
        {{out_open ? out : -1, POLLIN, 0}, {err_open ? err : -1, POLLIN, 0}}};
    poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0) append_available(out, outcome.out, out_open);
    if (waiting[1].revents != 0) append_available(err, outcome.err, err_open);
  }
}

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& environment) {
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(127);
}

// What is done to the child besides running it.
struct Treatment {
  int signal = 0;                // 0: none
  double signal_after = 0;       // seconds
  unsigned long file_limit = 0;  // bytes, 0: none
};

void limit_files(unsigned long bytes) {
  if (bytes == 0) return;
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_FSIZE, &limit);
}

Outcome run_path(const std::string& program, const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& environment,
                 const Treatment& treatment = {}) {
  Pipe out;
  Pipe err;
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(out.ends[1], STDOUT_FILENO);
    dup2(err.ends[1], STDERR_FILENO);
    limit_files(treatment.file_limit);
    become(program, arguments, environment);
  }
  if (treatment.signal != 0) {
    usleep(static_cast<useconds_t>(treatment.signal_after * 1e6));
    kill(child, treatment.signal);
  }
  close(out.ends[1]);
  close(err.ends[1]);
  Outcome outcome;
  drain(out.ends[0], err.ends[0], outcome);
  close(out.ends[0]);
  close(err.ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

std::string path_of(const std::string& program) {
  return program == "dateline-index" ? index_program() : query_program();
}

std::map<std::string, std::string> with_defaults(
    const std::map<std::string, std::string>& environment) {
  std::map<std::string, std::string> all{{"DATELINE_DATA", std::string(DATELINE_SOURCE) + "/data"},
                                         {"DATELINE_DB", ""},
                                         {"XDG_CONFIG_HOME", "/nonexistent"}};
  for (const auto& [name, value] : environment) all[name] = value;
  return all;
}

}  // namespace

Outcome run(const std::string& program, const std::vector<std::string>& arguments,
            const std::map<std::string, std::string>& environment) {
  return run_path(path_of(program), arguments, with_defaults(environment));
}

Outcome run_and_signal(const std::string& program, const std::vector<std::string>& arguments,
                       int signal, double after_seconds) {
  return run_path(path_of(program), arguments, with_defaults({}), {signal, after_seconds, 0});
}

Outcome run_with_file_limit(const std::string& program, const std::vector<std::string>& arguments,
                            unsigned long bytes) {
  return run_path(path_of(program), arguments, with_defaults({}), {0, 0, bytes});
}

int trials(int usually, int long_run) {
  return std::getenv("DATELINE_LONG_TESTS") == nullptr ? usually : long_run;
}

std::string index_program() {
  const char* other = std::getenv("DATELINE_TEST_INDEX");
  return other == nullptr ? DATELINE_INDEX_PROGRAM : other;
}
std::string query_program() {
  const char* other = std::getenv("DATELINE_TEST_QUERY");
  return other == nullptr ? DATELINE_QUERY_PROGRAM : other;
}

Outcome run_tool(const std::string& program, const std::vector<std::string>& arguments) {
  return run_path(program, arguments, {});
}

}  // namespace dateline::test
