// A job of dateline-index on a small archive, and all that must be true whatever went wrong while
// it ran.
//
// A place holds the database, files of other people in and beside it, and what the job writes. It
// is put back as it was before each try; `judge` then looks at what a broken run left.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/faults/child.h"
#include "tests/support/temporary_folder.h"

namespace dateline::test {

enum class FaultJob { first_build, increment, rebuild, compact, backup, upgrade, adopt };
inline constexpr std::array kFaultJobs = {
    FaultJob::first_build, FaultJob::increment, FaultJob::rebuild, FaultJob::compact,
    FaultJob::backup,      FaultJob::upgrade,   FaultJob::adopt};
std::string name_of(FaultJob job);

// DATELINE_FAULT_SEED, or always the same: a test that fails now and then tells nobody what broke
// it.
std::uint64_t chosen_seed();

// Small tables: a program that loads them is ready in a few milliseconds.
void write_small_data(const std::filesystem::path& folder);

// A new version of the program has other tables: they get a line.
void renew_tables(const std::filesystem::path& data);

class FaultBench {
 public:
  explicit FaultBench(FaultJob job);

  // The place as it was before the job.
  void reset();
  Outcome run_job(const std::map<std::string, std::string>& environment);
  // The program and its arguments, for a tracer to start.
  std::vector<std::string> command() const;
  std::map<std::string, std::string> environment() const { return environment_; }

  // What is wrong with what the run left; nothing when all is as promised. Runs the clean run that
  // follows, too.
  // `can_speak`: standard error was not what failed.
  std::vector<std::string> judge(const Outcome& outcome, bool can_speak = true);
  // The same for a run of which only the disk is left; `done`: its work has to be there.
  std::vector<std::string> judge_disk(bool done);

  const std::filesystem::path& place() const { return place_; }

 private:
  struct State {
    int check = 0;
    bool there = false;  // an index that can be dumped
    std::string dump;
    std::string answer;  // of a search
  };

  Outcome index(std::vector<std::string> arguments);
  std::vector<std::string> job_arguments() const;
  std::vector<std::string> nightly() const;
  State state(const std::filesystem::path& database);
  std::map<std::string, std::string> foreign_files() const;
  void write_archive();
  void change_archive();
  void write_foreign_files();
  void complain(std::string what) { complaints_.push_back(std::move(what)); }
  void judge_status(const Outcome& outcome, bool can_speak);
  void judge_state(int status);
  void judge_partial(const State& left);
  void judge_done();
  void judge_backup(bool done);
  void judge_again();
  void judge_next_run();

  FaultJob job_;
  TemporaryFolder folder_;
  std::filesystem::path archive_ = folder_ / "archive";
  std::filesystem::path before_ = folder_ / "before";
  std::filesystem::path place_ = folder_ / "place";
  std::filesystem::path database_ = place_ / "index.db";
  std::filesystem::path backup_ = place_ / "backup";
  std::map<std::string, std::string> environment_;
  std::map<std::string, std::string> foreign_;
  State old_;
  State new_;
  std::set<std::string> blocks_;  // documents of both, as dumped
  std::vector<std::string> complaints_;
};

}  // namespace dateline::test
