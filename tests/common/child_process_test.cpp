#include "common/child_process.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <ctime>
#include <functional>
#include <stdexcept>

using namespace dateline;

TEST_CASE("a child's status and what it wrote come back") {
  const auto outcome =
      run_in_child([](int descriptor) { return write(descriptor, "two", 3) == 3 ? 7 : 1; }, 10);
  CHECK(outcome.status == 7);
  CHECK(outcome.signal == 0);
  CHECK(outcome.output == "two");
}

TEST_CASE("a child that throws says why") {
  const auto outcome = run_in_child([](int) -> int { throw std::runtime_error("no table"); }, 10);
  CHECK(outcome.status == 255);
  CHECK(outcome.output == "no table\n");
}

TEST_CASE("a child that crashes or comes to no end is ended by a signal, and its parent goes on") {
  CHECK(run_in_child([](int) { return raise(SIGKILL); }, 10).signal == SIGKILL);
  const auto endless = run_in_child(
      [](int) {
        volatile unsigned turns = 0;
        for (;;) turns = turns + 1;
        return 0;
      },
      1);
  CHECK((endless.signal == SIGXCPU || endless.signal == SIGKILL));
}

TEST_CASE("a thread that shows no progress is ended, one that does goes on") {
  const auto compute = [](const std::function<void()>& turn) {
    const auto used = [] {
      timespec now{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
      return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
    };
    for (const double begin = used(); used() < begin + 2;) turn();
    return 0;
  };
  const auto stuck = run_in_child(
      [&](int) {
        const ProgressLimit limit;
        limit.renew(std::chrono::seconds(1));
        return compute([] {});
      },
      10);
  CHECK(stuck.signal == SIGXCPU);
  const auto busy = run_in_child(
      [&](int) {
        const ProgressLimit limit;
        return compute([&] { limit.renew(std::chrono::seconds(1)); });
      },
      10);
  CHECK(busy.signal == 0);
  CHECK(busy.status == 0);
}

TEST_CASE("who holds the pipe after the child has ended does not keep the parent waiting") {
  const auto outcome = run_in_child(
      [](int descriptor) {
        if (fork() == 0) {
          for (const int standard : {0, 1, 2}) close(standard);
          alarm(20);
          for (;;) pause();
        }
        return write(descriptor, "two", 3) == 3 ? 7 : 1;
      },
      10);
  CHECK(outcome.status == 7);
  CHECK(outcome.output == "two");
}

TEST_CASE(
    "a signal that the parent was sent is passed on to the child that goes on with its work") {
  int asked = 0;
  const auto ended = go_on_in_child(5, [&] { return ++asked > 2 ? SIGKILL : 0; });
  if (!ended) {
    for (;;) pause();
  }
  CHECK(ended->signal == SIGKILL);  // the tests catch the others
  CHECK(ended->pid > 0);
  CHECK(asked >= 3);
}

TEST_CASE(
    "a program that was started with SIGCHLD ignored learns how its child ended all the same") {
  std::signal(SIGCHLD, SIG_IGN);
  CHECK(run_in_child([](int) { return 7; }, 10).status == 7);
  CHECK(std::signal(SIGCHLD, SIG_DFL) == SIG_DFL);
}
