// The power is cut at any moment of a job: the index is that of the last commit.
//
// DATELINE_LONG_TESTS=1 makes 1000 cuts, else 50; DATELINE_FAULT_SEED=N makes others.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <memory>
#include <random>

#include "tests/faults/disk_model.h"
#include "tests/faults/fault_bench.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

constexpr std::array kLosses = {Loss::all_lost, Loss::all_kept, Loss::names_kept,
                                Loss::contents_kept, Loss::random};

// The bench after reset is where the journal begins.
DiskModel model_of(FaultBench& bench) {
  bench.reset();
  return DiskModel(bench.place());
}

std::vector<JournalEntry> record(FaultBench& bench) {
  const TemporaryFolder folder;
  const fs::path file = folder / "journal";
  const Outcome outcome = bench.run_job({{"LD_PRELOAD", DATELINE_JOURNAL_SHIM},
                                         {"DATELINE_JOURNAL", file.string()},
                                         {"DATELINE_JOURNAL_ROOT", bench.place().string()}});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return read_journal(file);
}

std::map<std::string, std::string> files_below(const fs::path& folder) {
  std::map<std::string, std::string> found;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    const std::string name = item.path().lexically_relative(folder);
    if (item.is_symlink())
      found[name] = "link " + fs::read_symlink(item.path()).string();
    else
      found[name] = item.is_directory() ? "folder" : read_file(item.path());
  }
  return found;
}

std::string shown(const JournalEntry& entry) {
  return fmt::format("{} {} {} {} {}", entry.head.what, entry.head.inode, entry.head.offset,
                     entry.head.what == 'W' ? std::to_string(entry.first.size()) : entry.first,
                     entry.second);
}

// One job, cut at one moment after another.
class PowerCuts {
 public:
  explicit PowerCuts(FaultJob job)
      : bench_(job), begin_(model_of(bench_)), entries_(record(bench_)) {
    std::mt19937_64 unused;
    const TemporaryFolder folder;
    at(entries_.size()).cut(folder / "disk", Loss::all_kept, unused);
    // The journal has everything: without a cut its disk is the real one.
    REQUIRE(files_below(folder / "disk") == files_below(bench_.place()));
  }

  std::size_t moments() const { return entries_.size() + 1; }

  std::vector<std::string> cut(std::size_t moment, Loss loss, std::mt19937_64& random) {
    fs::remove_all(bench_.place());
    at(moment).cut(bench_.place(), loss, random);
    return bench_.judge_disk(moment == entries_.size());
  }

  void show(std::size_t moment) const {
    const std::size_t first = moment > 6 ? moment - 6 : 0;
    for (std::size_t i = first; i < std::min(moment + 2, entries_.size()); ++i) {
      std::cerr << (i == moment ? "  > " : "    ") << shown(entries_[i]) << '\n';
    }
  }

 private:
  DiskModel at(std::size_t moment) const {
    DiskModel disk = begin_;
    for (std::size_t i = 0; i < moment; ++i) disk.apply(entries_[i]);
    return disk;
  }

  FaultBench bench_;
  DiskModel begin_;
  std::vector<JournalEntry> entries_;
};

}  // namespace

TEST_CASE("a power cut at any moment leaves the last commit") {
  const std::uint64_t chosen = chosen_seed();
  std::mt19937_64 random(chosen);
  std::map<FaultJob, std::unique_ptr<PowerCuts>> jobs;
  for (const FaultJob job : kFaultJobs) jobs[job] = std::make_unique<PowerCuts>(job);
  const int all = trials(50, 1000);
  int bad = 0;
  for (int trial = 0; trial < all; ++trial) {
    const FaultJob job = kFaultJobs[static_cast<std::size_t>(trial) % kFaultJobs.size()];
    PowerCuts& cuts = *jobs[job];
    // One in ten is after the end of the program: its work has to be there.
    const std::size_t moment = random() % 10 == 0 ? cuts.moments() - 1 : random() % cuts.moments();
    const Loss loss = kLosses[random() % kLosses.size()];
    const auto complaints = cuts.cut(moment, loss, random);
    if (complaints.empty()) continue;
    ++bad;
    std::cerr << fmt::format("bad: {} cut before change {} of {}, loss {}\n", name_of(job), moment,
                             cuts.moments() - 1, static_cast<int>(loss));
    for (const auto& complaint : complaints) std::cerr << "  " << complaint << '\n';
    cuts.show(moment);
  }
  std::cerr << fmt::format("power: {} cuts, bad: {} (seed {})\n", all, bad, chosen);
  CHECK(bad == 0);
}
