// Archive and index -> what this run has to do. Pure: no disk, no database.
//
// A file the index does not know is added; one whose size, inode, time of change or of its content
// differs is looked at again (its content decides); an indexed path below the scanned folders that
// is gone is removed; one outside of them is left alone, as are those of an offline folder. A new
// file with size and time of a vanished one is probably that file under another name: its content
// decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/remedy.h"
#include "indexer/database/failed_files.h"
#include "indexer/database/indexed_entry.h"
#include "indexer/run/archive.h"
#include "indexer/run/path_tree.h"

namespace dateline {

struct PlannedFile {
  ArchiveEntry file;
  std::uint32_t document = 0;   // of the indexed version; 0: to be added
  std::uint64_t hash = 0;       // of the indexed content; 0 when to be added
  std::string moved_from = {};  // the vanished path whose document this is, "" otherwise
  bool as_indexed =
      false;  // size, times and inode are those of the index: read to verify the content
  std::uint32_t stored = 0;  // of a rebuild: the old index's document, whose text serves when the
                             // file cannot be read; 0: none
  bool on_disk = true;       // false: there is only the stored text
};

struct UpdatePlan {
  std::vector<PlannedFile> read;  // added, moved and possibly changed files, by path
  std::vector<IndexedEntry>
      remove;  // by path, also the forgotten and excluded ones; moved ones are not among them
  std::vector<FailedFile> failed;  // failed before and unchanged since: not looked at again
  std::vector<FailedFile> failed_elsewhere = {};  // failed before, where this run did not look
  std::vector<OfflineFolder> offline = {};        // folders asked for whose articles stay
  std::uint64_t excluded = 0;                     // of those to be removed: on the list
  std::uint64_t forgotten = 0;  // of those to be removed: below a folder to forget
  std::uint64_t unchanged = 0;
  std::uint64_t elsewhere = 0;     // indexed, but outside the scanned folders
  bool needed_permission = false;  // it would have been refused without RemovalLimit::most
};

// How many articles may vanish in one run. By default more than kManyRemovals that are also more
// than kManyRemovalsShare of what is indexed below the folders stop the run, and so does one that
// would leave the index so much smaller than it was lately; a number given by the user takes the
// place of both rules.
struct RemovalLimit {
  std::optional<std::uint64_t> most = std::nullopt;
  std::uint64_t largest_lately =
      0;  // articles of the index at its largest in the last 30 days; 0: not known
};

constexpr std::uint64_t kManyRemovals = 100;
constexpr double kManyRemovalsShare = 0.10;

struct PlanOptions {
  bool verify = false;        // plan to read every file, whatever its size and times say
  bool retry_failed = false;  // also those that failed before and have not changed
  PathTree forget = {};   // what is indexed below leaves the index, unless the run finds it there
  PathTree exclude = {};  // what is indexed below leaves the index; REQUIRES: leave_out() took them
                          // out of the archive
  RefusedRun asked = {};  // what the run was asked, for the error that refuses it
};

// The folders asked for whose articles are not known, each with a reason: those of the archive, and
// the empty ones that the index has articles of (a folder that is not mounted looks like an empty
// one). Throws Error when no folder asked for has articles.
std::vector<ArchiveFolder> offline_folders(const Archive& archive,
                                           const std::vector<IndexedEntry>& indexed);

// `indexed` and `failed_before` by path. Throws Error when more vanished than the limit allows, and
// when no folder asked for has articles.
UpdatePlan plan_update(const Archive& archive, const std::vector<IndexedEntry>& indexed,
                       const std::vector<FailedFile>& failed_before, RemovalLimit limit,
                       const PlanOptions& options = {});

}  // namespace dateline
