// One call of the system goes wrong, in each job, in each way, once or from then on.
//
// DATELINE_LONG_TESTS=1 tries every call there is (of allocations, which are too many, a sample);
// else 150 of them by chance: DATELINE_FAULT_SEED=N tries others.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include "tests/faults/fault_bench.h"
#include "tests/faults/fault_kinds.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

// What can go wrong with a call of a kind. EINTR only where the call may return it, and only once:
// who tries again for ever is right.
const std::map<std::string, std::vector<std::string>> kErrorsOf = {
    {"open", {"EIO", "ENOSPC", "EINTR", "EMFILE", "EACCES", "ENOMEM"}},
    {"read", {"EIO", "EINTR", "SHORT"}},
    {"write", {"KILL", "EIO", "ENOSPC", "EINTR", "SHORT"}},
    {"fsync", {"KILL", "EIO", "ENOSPC", "EINTR"}},
    {"close", {"EIO", "EINTR", "ENOSPC"}},
    {"rename", {"KILL", "EIO", "ENOSPC", "EACCES"}},
    {"unlink", {"KILL", "EIO", "EACCES"}},
    {"mkdir", {"KILL", "EIO", "ENOSPC", "EACCES"}},
    {"rmdir", {"EIO", "EACCES"}},
    {"truncate", {"KILL", "EIO", "ENOSPC", "EINTR"}},
    {"stat", {"EIO", "EACCES", "ENOMEM"}},
    {"opendir", {"EIO", "EMFILE", "EACCES", "ENOMEM"}},
    {"readdir", {"EIO"}},
    {"mmap", {"ENOMEM", "EACCES"}},
    {"flock", {"EIO", "EINTR", "ENOMEM"}},
    {"chown", {"EIO", "EACCES"}},
    {"fork", {"EAGAIN", "ENOMEM"}},
    {"pipe", {"EMFILE"}},
    {"thread", {"EAGAIN"}},
    {"malloc", {"ENOMEM"}},
};

struct FaultPoint {
  FaultJob job{};
  std::string kind;
  std::uint64_t nth = 0;
  std::string error;
  bool for_good = false;

  std::string text() const {
    return fmt::format("{}:{}:{}:{}", kind, nth, error, for_good ? "good" : "once");
  }
};

using Counts = std::array<std::uint64_t, kFaultKinds.size() + 1>;

class FaultLab {
 public:
  FaultBench& bench(FaultJob job) {
    auto& made = benches_[job];
    if (!made) made = std::make_unique<FaultBench>(job);
    return *made;
  }

  // How many calls of each kind the job makes, as "kind count" in the order of the kinds.
  const Counts& counts(FaultJob job) {
    auto found = counts_.find(job);
    if (found != counts_.end()) return found->second;
    bench(job).reset();
    const Outcome outcome = run_job(job, {});
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    return counts_[job] = read_counts();
  }

  std::vector<std::string> try_point(const FaultPoint& point) {
    bench(point.job).reset();
    const Outcome outcome = run_job(point.job, point.text());
    last_error_ = outcome.err;
    injected_ = read_counts().back() > 0;
    const bool can_speak = point.error != "KILL" && (point.kind != "write" || !point.for_good);
    return bench(point.job).judge(outcome, can_speak);
  }

  bool injected() const { return injected_; }
  const std::string& last_error() const { return last_error_; }

 private:
  Outcome run_job(FaultJob job, const std::string& fault) {
    write_file(counts_file(), std::string(sizeof(Counts), '\0'));
    std::map<std::string, std::string> environment = {
        {"LD_PRELOAD", DATELINE_FAULT_SHIM}, {"DATELINE_FAULT_COUNTS", counts_file().string()}};
    if (!fault.empty()) environment["DATELINE_FAULT"] = fault;
    return bench(job).run_job(environment);
  }

  fs::path counts_file() const { return folder_ / "counts"; }

  Counts read_counts() const {
    Counts counts{};
    std::ifstream in(counts_file(), std::ios::binary);
    in.read(reinterpret_cast<char*>(counts.data()), sizeof counts);
    return counts;
  }

  TemporaryFolder folder_;
  std::map<FaultJob, std::unique_ptr<FaultBench>> benches_;
  std::map<FaultJob, Counts> counts_;
  std::string last_error_;
  bool injected_ = false;
};

bool is_wanted(FaultJob job) {
  const char* only = std::getenv("DATELINE_FAULT_JOB");
  return only == nullptr || name_of(job) == only;
}

bool can_last(const std::string& error) { return error != "EINTR" && error != "KILL"; }

void add_points(std::vector<FaultPoint>& points, FaultJob job, std::size_t kind,
                std::uint64_t nth) {
  for (const auto& error : kErrorsOf.at(kFaultKinds[kind])) {
    points.push_back({job, kFaultKinds[kind], nth, error, false});
    if (can_last(error)) points.push_back({job, kFaultKinds[kind], nth, error, true});
  }
}

constexpr std::uint64_t kAllocations = 150;  // of some ten thousand a job, tried in the long run

std::vector<FaultPoint> all_points(FaultLab& lab, std::mt19937_64& random) {
  std::vector<FaultPoint> points;
  for (const FaultJob job : kFaultJobs) {
    if (!is_wanted(job)) continue;
    const Counts counts = lab.counts(job);
    for (std::size_t kind = 0; kind < kFaultKinds.size(); ++kind) {
      if (counts[kind] > 1000) {
        for (std::uint64_t i = 0; i < kAllocations; ++i) {
          add_points(points, job, kind, random() % counts[kind] + 1);
        }
      } else {
        for (std::uint64_t nth = 1; nth <= counts[kind]; ++nth) add_points(points, job, kind, nth);
      }
    }
  }
  return points;
}

std::vector<FaultPoint> random_points(FaultLab& lab, std::mt19937_64& random, std::size_t number) {
  std::vector<FaultPoint> points;
  while (points.size() < number) {
    const FaultJob job = kFaultJobs[random() % kFaultJobs.size()];
    const std::size_t kind = random() % kFaultKinds.size();
    const std::uint64_t calls = lab.counts(job)[kind];
    if (calls == 0) continue;
    std::vector<FaultPoint> here;
    add_points(here, job, kind, random() % calls + 1);
    points.push_back(here[random() % here.size()]);
  }
  return points;
}

// DATELINE_FAULT_PART="3/8" leaves every eighth point, from the third on: the long run in parts.
std::vector<FaultPoint> part_of(const std::vector<FaultPoint>& points) {
  const char* text = std::getenv("DATELINE_FAULT_PART");
  if (text == nullptr) return points;
  std::size_t part = 0;
  std::size_t parts = 0;
  char slash = 0;
  std::istringstream(text) >> part >> slash >> parts;
  REQUIRE((part >= 1 && part <= parts && slash == '/'));
  std::vector<FaultPoint> left;
  for (std::size_t i = part - 1; i < points.size(); i += parts) left.push_back(points[i]);
  return left;
}

// DATELINE_FAULT_POINT="increment:fsync:3:EIO:once" tries that one.
std::optional<FaultPoint> given_point() {
  const char* text = std::getenv("DATELINE_FAULT_POINT");
  if (text == nullptr) return std::nullopt;
  std::istringstream in(text);
  std::array<std::string, 5> pieces;
  for (auto& piece : pieces) std::getline(in, piece, ':');
  for (const FaultJob job : kFaultJobs) {
    if (name_of(job) == pieces[0]) {
      return FaultPoint{job, pieces[1], std::stoull(pieces[2]), pieces[3], pieces[4] == "good"};
    }
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("whatever call of the system fails, nothing is lost and the status is true") {
  FaultLab lab;
  const std::uint64_t chosen = chosen_seed();
  std::mt19937_64 random(chosen);
  std::vector<FaultPoint> points;
  if (const auto given = given_point())
    points = {*given};
  else if (std::getenv("DATELINE_LONG_TESTS") != nullptr)
    points = part_of(all_points(lab, random));
  else
    points = random_points(lab, random, 150);
  std::cerr << fmt::format("faults: {} points\n", points.size());
  std::size_t bad = 0;
  std::size_t injected = 0;
  for (const auto& point : points) {
    const auto complaints = lab.try_point(point);
    injected += lab.injected() ? 1 : 0;
    if (complaints.empty()) continue;
    ++bad;
    std::cerr << fmt::format("bad: DATELINE_FAULT_POINT=\"{}:{}\"\n", name_of(point.job),
                             point.text());
    for (const auto& complaint : complaints) std::cerr << "  " << complaint << '\n';
    std::cerr << "  it said: " << lab.last_error().substr(0, 300) << '\n';
  }
  std::cerr << fmt::format("faults: {} points tried, {} failed a call, bad: {} (seed {})\n",
                           points.size(), injected, bad, chosen);
  CHECK(bad == 0);
  CHECK(injected >= points.size() / 2);
}
