// What does the index know of the archive's files? Read from the documents' own slots, so that it
// is never out of step with them.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/partial_date.h"
#include "indexer/database/facet_dictionary.h"
#include "indexer/database/failed_files.h"
#include "indexer/database/index_settings.h"
#include "indexer/database/index_version.h"
#include "indexer/database/indexed_entry.h"

namespace dateline {

struct IndexedState {
  std::vector<IndexedEntry> entries;  // by path
  std::vector<FailedFile> failed;     // by path
  IndexSettings settings = {};
};

// For reading. Throws Error when there is no index at `path`.
Xapian::Database open_index(const std::filesystem::path& path);

// The newest generation in which a rebuild with `version` was not finished, and can go on. One that
// cannot be read is none.
std::optional<std::string> unfinished_rebuild(const std::filesystem::path& path,
                                              const IndexVersion& version);

// Throws Error when it is of a schema version that this program does not read.
void require_schema(const Xapian::Database& database, const std::filesystem::path& path);

// How many articles have a day of publication (all, unless there is damage), and the newest that is
// not after `latest`.
struct PublicationDays {
  std::uint64_t articles = 0;
  std::optional<Day> newest = {};
};
PublicationDays publication_days(const Xapian::Database& database, Day latest);

// The dictionary of a facet that has ordinals.
FacetDictionary read_dictionary(const Xapian::Database& database, Facet facet);

IndexSettings read_settings(const Xapian::Database& database);

// Which files failed when the index was last brought up to date; empty when it cannot be read or
// there is none.
std::vector<FailedFile> read_failed_files(const std::filesystem::path& path);

// Throws Error on damage. `path` is for messages.
IndexedState read_indexed_state(const Xapian::Database& database,
                                const std::filesystem::path& path);

// The same of the database at `path`, without a lock; empty when there is none yet.
IndexedState read_indexed_state(const std::filesystem::path& path);

}  // namespace dateline
