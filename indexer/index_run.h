// One run of the nightly job: bring the index up to date with the archive.
//
// scan -> plan -> read, parse, extract (many threads) -> write (one) -> commit. What the run did comes back as a report.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "common/article.h"
#include "indexer/exclude_list.h"
#include "indexer/extract/extractor.h"
#include "indexer/run_lock.h"
#include "indexer/run_report.h"
#include "indexer/update_plan.h"
#include "indexer/user_aliases.h"

namespace dateline {

// Called after each article from the thread that started the run. Return false to stop: what was done is committed.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t all)>;

// What happens to one path, for -v and --dry-run: "added", "updated", "moved", "removed" or "failed".
using PathListener = std::function<void(std::string_view what, const std::string& path)>;

// Documents a commit: above 10,000 flushing gets slower and memory grows (measured on 200,000 articles).
constexpr std::uint64_t kDocumentsACommit = 5'000;

// Publication dates that are taken unless any date is: earlier or later ones are slips of the pen.
constexpr Day kFirstPublication{std::chrono::year{1500} / 1 / 1};
constexpr std::chrono::days kFarthestAhead{366};

// The days of publication that are taken on a day.
DateWindow date_window(Day today);

constexpr double kVerifyRate = 50e6;  // bytes a second: a night reads a terabyte, and the disk still has time for others

struct RunRequest {
  std::filesystem::path database;
  std::vector<std::filesystem::path> folders;  // none: only the aliases change, or articles are forgotten
  std::vector<std::filesystem::path> forget = {};  // what is indexed below them leaves the index, unless the run finds it there
  std::optional<UserAliases> aliases = {};     // replace those in the index
  bool any_date = false;                       // take every date of publication, from now on
  std::optional<ExcludeList> exclude = {};     // replace the list in the index
  std::optional<Day> today = {};               // for tests; absent: the clock's, UTC
  std::optional<std::uint64_t> most_alias_changes = {};  // absent: as user_aliases.h says
  bool rebuild = false;
  bool upgrade = true;                         // rebuild an index of older rules, tables or schema; false: refuse it
  bool retry_failed = false;                   // look again at files that failed before and have not changed
  bool verify_files = false;                   // read every file, whatever its size and times say
  double verify_rate = kVerifyRate;            // then at most so many bytes a second
  RemovalLimit removal_limit = {};
  unsigned threads = 1;
  std::uint64_t documents_a_commit = kDocumentsACommit;
  Seconds wait{};                              // for another run to end
  Progress progress = {};                      // may be empty
  PathListener listener = {};                  // may be empty
  std::function<void(const RunLock&)> started = {};  // may be empty; called once no other run can write
  StopAsked stop = {};                         // asked during scan and plan, and while the run waits, from any thread
};

// Throws Error (nothing committed, or the last batch before the error), StoppedError (before anything was changed), LockedError.
RunReport run_index(const RunRequest& request, const Extractor& extractor);

// --dry-run: tells the listener what run_index would look at ("add", "check", "move" and "remove"), reads no article and changes nothing.
// The report counts the same; `took` is the time for scan and plan.
RunReport plan_run(const RunRequest& request, const Extractor& extractor);

}  // namespace dateline
