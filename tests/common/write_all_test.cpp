#include "common/cli/write_all.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <functional>
#include <thread>

#include "common/cli/message.h"
#include "common/cli/stop_signal.h"

using namespace dateline;

namespace {

struct Pipe {
  std::array<int, 2> ends{};
  Pipe() { REQUIRE(pipe(ends.data()) == 0); }
  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void fill() const {
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    while (write(ends[1], "x", 1) == 1) {
    }
    fcntl(ends[1], F_SETFL, 0);
  }
};

// What `work` gives in a process that ends after twenty seconds at the latest (128 + SIGALRM).
int in_child(const std::function<int()>& work) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    alarm(20);
    _exit(work());
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("all is written to a pipe that takes a part at a time, blocking or not") {
  const std::string text(1'000'000, 'a');
  for (const int flags : {0, O_NONBLOCK}) {
    const Pipe pipe;
    fcntl(pipe.ends[1], F_SETFL, flags);
    std::size_t got = 0;
    std::jthread reader([&] {
      std::array<char, 5000> buffer;
      while (got < text.size())
        got += static_cast<std::size_t>(
            std::max<ssize_t>(0, read(pipe.ends[0], buffer.data(), buffer.size())));
    });
    CHECK(write_all(pipe.ends[1], text) == 0);
    reader.join();
    CHECK(got == text.size());
  }
}

TEST_CASE("what cannot be written is an error, whatever the reason") {
  CHECK(write_all(-1, "a") == EBADF);
  CHECK(write_all(-1, "") == 0);
  const int full = open("/dev/full", O_WRONLY);
  CHECK(write_all(full, "a") == ENOSPC);
  close(full);
}

TEST_CASE("a reader that takes nothing does not hold up a program that was asked to stop") {
  const Pipe pipe;
  pipe.fill();
  CHECK(in_child([&] {
          note_stop_signals();
          raise(SIGTERM);
          return write_all(pipe.ends[1], "a");
        }) == EINTR);
  CHECK(in_child([&] {
          dup2(pipe.ends[1], STDERR_FILENO);
          note_stop_signals();
          raise(SIGTERM);
          for (int i = 0; i < 100; ++i) say("one of many messages\n");
          return stop_signal();
        }) == SIGTERM);
}

TEST_CASE("the first signal is the one that is told, and one that was ignored stays ignored") {
  CHECK(in_child([] {
          signal(SIGHUP, SIG_IGN);
          note_stop_signals();
          raise(SIGHUP);
          if (stop_signal() != 0) return 1;
          raise(SIGINT);
          raise(SIGTERM);
          return stop_signal();
        }) == SIGINT);
}
