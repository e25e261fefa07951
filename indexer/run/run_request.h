// What a run is asked to do, and whom it tells while it is at work.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/database/exclude_list.h"
#include "indexer/database/run_lock.h"
#include "indexer/formats/format.h"
#include "indexer/run/run_report.h"
#include "indexer/run/update_plan.h"
#include "indexer/write/user_aliases.h"

namespace dateline {

// Called after each article from the thread that started the run. Return false to stop: what was
// done is committed.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t all)>;

// What happens to one path, for -v: "added", "updated", "moved", "removed", "failed", "decoded" or
// "mended" (a second word of one that was added or updated); --dry-run says "add", "check", "move",
// "remove".
using PathListener = std::function<void(std::string_view what, const std::string& path)>;

// Documents a commit: above 10,000 flushing gets slower and memory grows (measured on 200,000
// articles).
constexpr std::uint64_t kDocumentsACommit = 5'000;

// Publication dates that are taken unless any date is: earlier or later ones are slips of the pen.
constexpr Day kFirstPublication{std::chrono::year{1500} / 1 / 1};
constexpr std::chrono::days kFarthestAhead{366};

// The days of publication that are taken on a day.
DateWindow date_window(Day today);

// Bytes a second: a night reads a terabyte, and the disk still has time for others.
constexpr double kVerifyRate = 50e6;

struct RunRequest {
  std::filesystem::path database;
  // None: only the aliases change, or articles are forgotten.
  std::vector<std::filesystem::path> folders;
  // What is indexed below them leaves the index, unless the run finds it there.
  std::vector<std::filesystem::path> forget = {};
  std::optional<UserAliases> aliases = {};  // replace those in the index
  bool any_date = false;                    // take every date of publication, from now on
  std::optional<ExcludeList> exclude = {};  // replace the list in the index
  std::optional<Day> today = {};            // for tests; absent: the clock's, UTC
  std::optional<std::uint64_t> most_alias_changes = {};  // absent: as user_aliases.h says
  bool rebuild = false;
  bool upgrade = true;        // rebuild an index of older rules, tables or schema; false: refuse it
  bool retry_failed = false;  // look again at files that failed before and have not changed
  bool verify_files = false;  // read every file, whatever its size and times say
  double verify_rate = kVerifyRate;  // then at most so many bytes a second
  RemovalLimit removal_limit = {};
  unsigned threads = 1;
  std::uint64_t documents_a_commit = kDocumentsACommit;
  Seconds wait{};              // for another run to end
  Progress progress = {};      // may be empty
  PathListener listener = {};  // may be empty
  // Called once no other run can write; may be empty.
  std::function<void(const RunLock&)> started = {};
  StopAsked stop = {};  // asked during scan and plan, and while the run waits, from any thread
};

// The day of the run, UTC.
Day today_of(const RunRequest& request);

// To the request's listener, when there is one.
void tell(const RunRequest& request, std::string_view what, const std::string& path);

}  // namespace dateline
