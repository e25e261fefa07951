// Killed at any moment, a run is continued by the next one and ends where an undisturbed one would
// have.
//
// A child process works on the database and is killed with SIGKILL: a random while after a random
// article was done. With a commit for each five articles, and with whiles of a few milliseconds or
// of tens, most kills fall into a commit, the end of the run or the swap.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <random>
#include <vector>

#include "indexer/care/index_check.h"
#include "indexer/care/maintenance.h"
#include "indexer/database/generation.h"
#include "tests/indexer/index_bench.h"
#include "tests/support/program.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

enum class Job { first_run, add, update, remove, rebuild, compact };
constexpr std::array kJobs = {Job::first_run, Job::add,     Job::update,
                              Job::remove,    Job::rebuild, Job::compact};

constexpr int kChanges = 10;  // files a job adds, edits or removes: two batches, so that a run can
                              // be killed with nothing left to read
constexpr std::array kWhiles = {
    2'000u, 10'000u, 50'000u};  // longest, microseconds: a commit takes one of them, as the disk is

class CrashBench : public IndexBench {
 public:
  void change_archive(Job job) {
    if (job == Job::first_run) fs::remove_all(database);
    for (int i = 0; i < kChanges; ++i) {
      if (job == Job::add || fs::is_empty(archive))
        write_file(archive / fmt::format("{:05}.txt", next_++), story(number()));
      if (job == Job::update) write_file(some_file(), story(number()));
      if (job == Job::remove) fs::remove(some_file());
    }
  }

  // Kills a child that does the job; true when it was still at work.
  bool do_and_kill(Job job) {
    std::array<int, 2> told{};
    REQUIRE(pipe(told.data()) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(work(job, told[1]));
    close(told[1]);
    if (job != Job::compact) await(told[0], random_() % (kChanges + 1));
    usleep(static_cast<useconds_t>(random_() % kWhiles[random_() % kWhiles.size()]));
    kill(child, SIGKILL);
    close(told[0]);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
  }

 private:
  int number() { return static_cast<int>(random_() % 1000); }

  fs::path some_file() {
    std::vector<fs::path> files;
    for (const auto& item : fs::directory_iterator(archive)) files.push_back(item.path());
    std::ranges::sort(files);
    return files.at(random_() % files.size());
  }

  // In the child: a byte for each article added, updated or removed.
  int work(Job job, int told) {
    const auto tell = [&](std::string_view, const std::string&) {
      if (write(told, ".", 1) != 1) _exit(1);
    };
    if (job == Job::compact) {
      compact_index(database, {});
      return 0;
    }
    run_index({.database = database,
               .folders = {archive},
               .rebuild = job == Job::rebuild,
               .removal_limit = {1000},
               .threads = 2,
               .documents_a_commit = 5,
               .listener = tell},
              extractor());
    return 0;
  }

  static void await(int told, std::uint_fast32_t articles) {
    for (char byte = 0; articles > 0 && read(told, &byte, 1) == 1; --articles) {
    }
  }

  std::mt19937 random_{20230303};
  int next_ = 0;
};

const std::vector<std::string> kNone;

std::vector<std::string> findings(const fs::path& database) {
  std::vector<std::string> found;
  check_index(database, [&](const std::string& line) { found.push_back(line); });
  return found;
}

std::size_t generations_there(const fs::path& database) {
  return static_cast<std::size_t>(std::ranges::count_if(
      fs::directory_iterator(database), [](const auto& item) { return item.is_directory(); }));
}

}  // namespace

TEST_CASE("a run killed at any moment is continued by the next one as if nothing had been") {
  CrashBench bench;
  bench.change_archive(Job::add);
  extractor();  // loaded once, before the children
  int killed = 0;
  const int all = trials(20, 200);
  for (int trial = 0; killed < all; ++trial) {
    REQUIRE(trial < 10 * all);  // otherwise the jobs end before they can be killed
    const Job job = kJobs[static_cast<std::size_t>(trial) % kJobs.size()];
    CAPTURE(trial, static_cast<int>(job));
    bench.change_archive(job);
    killed += bench.do_and_kill(job) ? 1 : 0;
    if (current_generation(bench.database)) REQUIRE(findings(bench.database) == kNone);
    bench.run(false, {1000});
    REQUIRE(dump(bench.database) == bench.dump_from_scratch());
    REQUIRE(findings(bench.database) == kNone);
    REQUIRE(generations_there(bench.database) == 1);
  }
}
