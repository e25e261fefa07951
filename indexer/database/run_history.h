// What did the runs on this index do? A line of JSON for each, in the database's folder:
// runs.jsonl.
//
// Every run that had a database folder of ours appends one, a failed one too, and one that another
// run locked out: so no run's lock is needed, only a lock of the file itself. The file is bounded
// (the older half goes), is no part of --dump, and is read with distrust: a line that is no entry
// is passed over.
//
//   {"version":1,"action":"index","started":"2026-11-28T02:00:00Z",
//    "ended":"2026-11-28T02:00:38Z","status":0,"added":412,...}   (in one line)
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

constexpr const char* kHistoryName = "runs.jsonl";
constexpr std::uint64_t kLargestHistory = 1 << 20;  // bytes: some 2,000 runs

struct RunEntry {
  std::string action = "index";  // index, upgrade, rebuild, forget; compact, backup, adopt
  std::chrono::sys_seconds started{};
  std::chrono::sys_seconds ended{};
  int status = 0;          // as the program ended
  std::string error = {};  // "" for none
  std::uint64_t pid = 0;
  std::string program = {};  // "dateline-index 0.1.0"
  std::vector<std::string> folders = {};
  std::vector<std::string> offline = {};
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t moved = 0;
  std::uint64_t removed = 0;
  std::uint64_t failed = 0;        // all files that fail now
  std::uint64_t new_failures = 0;  // of them those that did not fail before
  // In the index that readers see afterwards; absent when the run failed.
  std::optional<std::uint64_t> documents = {};
  std::optional<std::uint64_t> index_bytes = {};
  std::string newest_article = {};  // day of publication, "2026-11-27"; "" when unknown
  std::uint64_t alias_changes = 0;
  std::uint64_t removed_on_demand = 0;  // of `removed`: by --forget or --exclude-list
  bool deletions_allowed = false;       // by --max-delete, and refused without it
  bool stopped = false;                 // by signal or time limit
  bool operator==(const RunEntry&) const = default;
};

// A line without its end; what is long (an error, many folders) is cut.
std::string to_json(const RunEntry& entry);

// Absent for a line that is no entry.
std::optional<RunEntry> parse_run_entry(std::string_view line);

// Appends a line with one write. Does nothing when `database` is no folder of ours: none is ever
// made for it. Throws Error.
void append_run(const std::filesystem::path& database, const RunEntry& entry);

// In the order in which the runs ended. Empty when there is no history; throws Error when it cannot
// be read.
std::vector<RunEntry> read_runs(const std::filesystem::path& database);

// The largest number of documents of the last 30 days, counted from the last removal that
// --max-delete allowed and without what was removed on demand since; 0 when none is known. What
// lies ahead of `now` (the clock was set back) counts as of now.
std::uint64_t largest_lately(const std::vector<RunEntry>& runs, std::chrono::sys_seconds now);

// Did it bring the index up to date? With files that failed or reports that could not be written it
// did.
bool is_good(const RunEntry& run);
bool is_indexing(const RunEntry& run);

// The last one that is_good; nullptr when there is none.
const RunEntry* last_good_run(const std::vector<RunEntry>& runs);

std::chrono::sys_seconds now_in_seconds();

// "2026-11-28T02:00:00Z", and back.
std::string to_text(std::chrono::sys_seconds time);
std::optional<std::chrono::sys_seconds> parse_time(std::string_view text);

}  // namespace dateline
