// What does the index know of the archive's files? Read from the documents' own slots, so that it is never out of step with them.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "indexer/facet_dictionary.h"
#include "indexer/failed_files.h"
#include "indexer/index_settings.h"
#include "indexer/index_version.h"
#include "indexer/update_plan.h"

namespace dateline {

// Index metadata key of the failed files (failed_files.h).
constexpr const char* kFailedFilesKey = "dateline.failed";

struct IndexedState {
  std::vector<IndexedEntry> entries;  // by path
  std::vector<FailedFile> failed;     // by path
  IndexSettings settings = {};
};

// For reading. Throws Error when there is no index at `path`.
Xapian::Database open_index(const std::filesystem::path& path);

// The newest generation in which a rebuild with `version` was not finished, and can go on. One that cannot be read is none.
std::optional<std::string> unfinished_rebuild(const std::filesystem::path& path, const IndexVersion& version);

// Throws Error when it is of a schema version that this program does not read.
void require_schema(const Xapian::Database& database, const std::filesystem::path& path);

// The dictionary of a facet that has ordinals.
FacetDictionary read_dictionary(const Xapian::Database& database, Facet facet);

IndexSettings read_settings(const Xapian::Database& database);

// Throws Error on damage. `path` is for messages.
IndexedState read_indexed_state(const Xapian::Database& database, const std::filesystem::path& path);

// The same of the database at `path`, without a lock; empty when there is none yet.
IndexedState read_indexed_state(const std::filesystem::path& path);

}  // namespace dateline
