#include "tests/faults/child.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace dateline::test {
namespace {

std::string new_file() {
  std::string name = (std::filesystem::temp_directory_path() / "dateline-out-XXXXXX").string();
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) throw std::runtime_error("no temporary file");
  close(descriptor);
  return name;
}

// Both outputs are files, not pipes: a grandchild that lives on cannot hold them open.
void redirect(const std::string& out, const std::string& err) {
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(open(out.c_str(), O_WRONLY | O_APPEND), STDOUT_FILENO);
  dup2(open(err.c_str(), O_WRONLY | O_APPEND), STDERR_FILENO);
}

void become(const ChildRequest& request) {
  setpgid(0, 0);
  if (request.file_limit != 0) {
    const rlimit limit{request.file_limit, request.file_limit};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  if (request.user != 0 && (setgid(request.user) != 0 || setuid(request.user) != 0)) _exit(126);
  for (const auto& [name, value] : request.environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments{const_cast<char*>(request.program.c_str())};
  for (const auto& argument : request.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  alarm(request.seconds);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

std::string take_text(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(file);
  return text;
}

}  // namespace

Child::Child(const ChildRequest& request) : out_file_(new_file()), err_file_(new_file()) {
  id_ = fork();
  if (id_ < 0) throw std::runtime_error("no process");
  if (id_ != 0) return;
  redirect(out_file_, err_file_);
  become(request);
}

Child::~Child() {
  if (id_ < 0) return;
  kill();
  wait();
}

void Child::kill() { ::kill(id_, SIGKILL); }

Outcome Child::wait() {
  int status = 0;
  while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  ::kill(-id_, SIGKILL);  // what it started and left behind
  id_ = -1;
  Outcome outcome;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = take_text(out_file_);
  outcome.err = take_text(err_file_);
  return outcome;
}

}  // namespace dateline::test
