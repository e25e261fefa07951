// What a run did: one line for a person, one JSON object for a machine.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/error.h"
#include "common/partial_date.h"
#include "indexer/database/failed_files.h"
#include "indexer/database/run_history.h"
#include "indexer/run/archive.h"
#include "indexer/write/user_aliases.h"

namespace dateline {

// One file that is no article, and why.
struct FileFailure {
  std::string path;
  BadArticle reason;
  std::string message;        // names the path
  bool date_outside = false;  // a date that may be taken another day
  std::string since = {};     // day when it was first seen to fail, UTC
  bool is_new = true;         // it did not fail before, or for another reason
};

struct FutureDate {
  std::string path;
  Day date;
};

// What a new list changed.
struct ExcludeChanges {
  std::size_t paths = 0;  // on the list now
  std::size_t added = 0;
  std::size_t dropped = 0;
};

constexpr std::size_t kRemovedNamed = 100;

using Seconds = std::chrono::duration<double>;

// A rebuild, asked for or because the index was of older rules, tables or schema.
enum class Rebuild : std::uint8_t {
  none,
  done,        // readers see the new index
  unfinished,  // it was stopped and goes on in the next run; readers see the old index
  no_room,     // of an upgrade: the old index goes on
  failed,      // likewise
};

std::string_view to_string(Rebuild rebuild);  // "none", "done", "unfinished", "no-room", "failed"

struct RunReport {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t moved = 0;          // same content under another path
  std::uint64_t decoded = 0;        // of those read anew: were not UTF-8, but Windows-1252
  std::uint64_t decoded_utf16 = 0;  // likewise: were UTF-16
  std::uint64_t mended = 0;         // likewise: were UTF-8 but for stray bytes
  std::uint64_t removed = 0;        // gone from the archive, or no article any more
  std::uint64_t unchanged = 0;
  std::uint64_t elsewhere = 0;    // indexed, outside the scanned folders, left alone
  std::uint64_t looked_at = 0;    // of the files that were to be read
  std::uint64_t ignored = 0;      // dot files and symbolic links
  std::uint64_t no_articles = 0;  // of `removed`: files that are there and no article any more
  std::vector<std::string> removed_paths;  // the first kRemovedNamed
  std::uint64_t documents_before = 0;      // in the index when the run began
  std::uint64_t documents = 0;             // afterwards, in the index that readers see
  std::string newest_article;  // day of publication, not after tomorrow; "" when unknown
  std::uint64_t index_bytes = 0;
  std::vector<FileFailure>
      failures;  // found to be no article in this run, also folders that cannot be listed; by path
  std::vector<FailedFile> failing;  // all that fail now, by path: as --stats --failed names them
  std::vector<FailedFile> failed_before;  // known bad files that have not changed
  std::vector<std::string> unlisted;      // sub-folders that could not be listed
  std::vector<OfflineFolder> offline;     // folders asked for whose articles stay, not looked at
  std::uint64_t excluded = 0;             // of `removed`: on the list of --exclude-list
  std::uint64_t forgotten = 0;            // of `removed`: below a folder of --forget
  bool needed_permission = false;         // so much was removed that only --max-delete allowed it
  std::uint64_t kept_out = 0;             // files that are there and on the list
  std::optional<ExcludeChanges> exclude_changes;  // when a list was given
  std::vector<FutureDate>
      future_dates;  // added or updated with a date of publication after tomorrow
  std::vector<std::string> forgot_nothing;  // folders to forget that the index has no article of
  std::uint64_t lost_elsewhere = 0;         // of `elsewhere`: not on disk any more
  std::vector<std::string> lost_folders;    // that hold these and nothing else that is indexed
  AliasChanges alias_changes;               // those of --aliases, made or refused
  std::string aliases_refused;              // why the old aliases stay, "" when they do not
  std::vector<std::string>
      new_speakers;  // that no article of the index had before, in the order of the articles
  std::vector<std::string> new_places;  // labels
  Seconds scanning{};
  Seconds planning{};
  Seconds writing{};     // reading, extracting and writing overlap
  Seconds committing{};  // alias table, last commit, swap of a rebuild
  Seconds took{};        // all
  bool stopped = false;  // by signal or time limit; what was done is committed
  Rebuild rebuild = Rebuild::none;
  std::string upgraded_from;  // what the index found had of another version, "" for nothing
  std::vector<std::string>
      lost;  // of a rebuild: what could not be carried over from the old index, and why
  std::string set_aside;  // then the old index's folder, under its new name; "" otherwise
  std::vector<std::string> warnings;  // what went wrong and cost nothing
};

// "added 412, updated 3, moved 1, removed 2, failed 2, decoded from Windows-1252 4, unchanged
// 81,220 articles in 38.0 s; index 1.2 GB"
std::string summary(const RunReport& report);

// The --summary file, {"version":1,...}; indexer/README.md lists the keys. While the run is at
// work, and when it has ended: without a report when it failed.
std::string running_summary(const RunEntry& entry, const std::string& database);
std::string ended_summary(const RunEntry& entry, const std::string& database,
                          const RunReport* report);

// What the history keeps of it.
void take_report(RunEntry& entry, const RunReport& report);

// The --errors file: all that fail now, a line each:
// {"path":..,"reason":..,"message":..,"since":..,"new":..}; a path that is not UTF-8 adds
// "path_base64", the message is there when this run met the failure.
std::string errors_file(const RunReport& report);

// How many failures did not fail before.
std::uint64_t new_failures(const RunReport& report);

}  // namespace dateline
