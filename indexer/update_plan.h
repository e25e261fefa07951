// Archive and index -> what this run has to do. Pure: no disk, no database.
//
// A file the index does not know is added; one whose size, a time or inode differs is looked at again (its content decides); an
// indexed path below the scanned folders that is gone is removed; one outside of them is left alone. A new file with size and time of a vanished
// one is probably that file under another name: its content decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "indexer/archive.h"
#include "indexer/failed_files.h"
#include "indexer/file_state.h"

namespace dateline {

struct IndexedEntry {
  std::string path;
  std::uint32_t document = 0;  // Xapian's docid
  FileState state;
};

struct PlannedFile {
  ArchiveEntry file;
  std::uint32_t document = 0;  // of the indexed version; 0: to be added
  std::uint64_t hash = 0;      // of the indexed content; 0 when to be added
  std::string moved_from = {}; // the vanished path whose document this is, "" otherwise
  bool as_indexed = false;     // size, times and inode are those of the index: read to verify the content
};

struct UpdatePlan {
  std::vector<PlannedFile> read;       // added, moved and possibly changed files, by path
  std::vector<IndexedEntry> remove;    // by path; moved ones are not among them
  std::vector<FailedFile> failed;      // failed before and unchanged since: not looked at again
  std::uint64_t unchanged = 0;
  std::uint64_t elsewhere = 0;         // indexed, but outside the scanned folders
};

// How many articles may vanish in one run. By default a folder without any, or more than kManyRemovals that are also more than
// kManyRemovalsShare of what is indexed below the folders, stops the run; a number given by the user takes the place of both rules.
struct RemovalLimit {
  std::optional<std::uint64_t> most = std::nullopt;
};

constexpr std::uint64_t kManyRemovals = 100;
constexpr double kManyRemovalsShare = 0.10;

struct PlanOptions {
  bool verify = false;  // plan to read every file, whatever its size and times say
};

// `indexed` and `failed_before` by path. Throws Error when more vanished than the limit allows.
UpdatePlan plan_update(const Archive& archive, const std::vector<IndexedEntry>& indexed, const std::vector<FailedFile>& failed_before,
                       RemovalLimit limit, const PlanOptions& options = {});

}  // namespace dateline
