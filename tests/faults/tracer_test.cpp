// The same faults, by a tracer: it reaches what the C library calls inside itself (the write of a
// stream, the openat and getdents of a folder, the mmap of an allocation, the clone of a thread),
// where no preloaded library comes by. Skipped with a message where strace is missing or not
// allowed.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include "tests/faults/fault_bench.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

const std::map<std::string, std::vector<std::string>> kErrorsOf = {
    {"write", {"EIO", "ENOSPC", "EINTR"}},
    {"openat", {"EIO", "EMFILE", "EACCES", "ENOMEM"}},
    {"getdents64", {"EIO", "ENOMEM"}},
    {"newfstatat", {"EIO", "EACCES", "ENOMEM"}},
    {"lseek", {"EIO"}},
    {"read", {"EIO", "EINTR"}},
    {"close", {"EIO"}},
    {"mmap", {"ENOMEM"}},
    {"clone3", {"EAGAIN"}},
    {"pwrite64", {"ENOSPC", "EIO"}},
    {"unlinkat", {"EIO", "EACCES"}},
};

struct TracedPoint {
  FaultJob job{};
  std::string call;
  std::string error;
  std::size_t nth = 0;  // in each thread, counted from the start of the process
  bool for_good = false;

  std::string injection() const {
    return fmt::format("{}:error={}:when={}{}", call, error, nth, for_good ? "+" : "");
  }
};

class Tracer {
 public:
  // "" when it can be used.
  std::string refusal() const {
    const Outcome outcome = run_child({"strace", {"-f", "-qq", "-o", log(), "true"}, {}});
    return outcome.status == 0 ? "" : fmt::format("ends with {}: {}", outcome.status, outcome.err);
  }

  // How many calls the loader and the libraries make before main, about.
  std::size_t calls_of_start(const std::string& call) const {
    run_child(
        {"strace", {"-qq", "-e", "trace=" + call, "-o", log(), index_program(), "--version"}, {}});
    return lines();
  }

  Outcome run(FaultBench& bench, const std::string& call, const std::string& injection) const {
    std::vector<std::string> arguments = {"-f", "-qq", "-o", log(), "-e", "trace=" + call};
    if (!injection.empty()) arguments.insert(arguments.end(), {"-e", "inject=" + injection});
    const auto command = bench.command();
    arguments.insert(arguments.end(), command.begin(), command.end());
    return run_child({"strace", arguments, bench.environment()});
  }

  // Of one thread the most.
  std::size_t calls() const {
    std::map<std::string, std::size_t> of_thread;
    std::istringstream in(read_file(folder_ / "log"));
    for (std::string line; std::getline(in, line);) ++of_thread[line.substr(0, line.find(' '))];
    std::size_t most = 0;
    for (const auto& [thread, count] : of_thread) most = std::max(most, count);
    return most;
  }

  bool injected() const {
    return read_file(folder_ / "log").find("(INJECTED)") != std::string::npos;
  }

 private:
  std::string log() const { return folder_ / "log"; }
  std::size_t lines() const {
    const std::string text = read_file(folder_ / "log");
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
  }

  TemporaryFolder folder_;
};

class TracedLab {
 public:
  FaultBench& bench(FaultJob job) {
    auto& made = benches_[job];
    if (!made) made = std::make_unique<FaultBench>(job);
    return *made;
  }

  std::vector<TracedPoint> points(FaultJob job) {
    std::vector<TracedPoint> all;
    for (const auto& [call, errors] : kErrorsOf) {
      const std::size_t first = tracer.calls_of_start(call) + 1;
      bench(job).reset();
      tracer.run(bench(job), call, "");
      for (std::size_t nth = first; nth <= tracer.calls(); ++nth) {
        for (const auto& error : errors) {
          all.push_back({job, call, error, nth, false});
          if (error != "EINTR") all.push_back({job, call, error, nth, true});
        }
      }
    }
    return all;
  }

  Tracer tracer;

 private:
  std::map<FaultJob, std::unique_ptr<FaultBench>> benches_;
};

}  // namespace

TEST_CASE("whatever call inside the C library fails, nothing is lost") {
  TracedLab lab;
  if (const std::string refusal = lab.tracer.refusal(); !refusal.empty()) {
    WARN("strace " << refusal << ": calls inside the C library are not tried");
    return;
  }
  const std::uint64_t chosen = chosen_seed();
  std::mt19937_64 random(chosen);
  std::vector<TracedPoint> points;
  for (const FaultJob job : kFaultJobs) {
    const auto more = lab.points(job);
    points.insert(points.end(), more.begin(), more.end());
  }
  std::ranges::shuffle(points, random);
  points.resize(std::min<std::size_t>(points.size(), static_cast<std::size_t>(trials(30, 1000))));
  int bad = 0;
  int injected = 0;
  for (const auto& point : points) {
    FaultBench& bench = lab.bench(point.job);
    bench.reset();
    const Outcome outcome = lab.tracer.run(bench, point.call, point.injection());
    injected += lab.tracer.injected() ? 1 : 0;
    const bool can_speak = point.call != "write" || !point.for_good;
    const auto complaints = bench.judge(outcome, can_speak);
    if (complaints.empty()) continue;
    ++bad;
    std::cerr << fmt::format("bad: {} {}\n", name_of(point.job), point.injection());
    for (const auto& complaint : complaints) std::cerr << "  " << complaint << '\n';
    std::cerr << "  it said: " << outcome.err.substr(0, 300) << '\n';
  }
  std::cerr << fmt::format("traced faults: {} points tried, {} failed a call, bad: {} (seed {})\n",
                           points.size(), injected, bad, chosen);
  CHECK(bad == 0);
  CHECK(injected > 0);
}
