// What does the index hold? The figures of --stats, and the files it could not take.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/partial_date.h"
#include "common/store/schema.h"
#include "indexer/care/audit.h"
#include "indexer/database/failed_files.h"
#include "indexer/database/run_history.h"

namespace dateline {

struct IndexStats {
  std::uint64_t articles = 0;
  std::optional<DayRange> published;  // first and last day; absent when there is no article
  double words = 0;                   // an article, on average
  std::vector<std::pair<Facet, std::uint64_t>>
      names;                       // each facet's values, also those no article has any more
  std::vector<FailedFile> failed;  // by path
  bool any_date = false;           // --any-date was given once
  std::uint64_t excluded = 0;      // paths on the list of --exclude-list
  std::string schema_version;
  std::string rules_version;  // "" before there was one
  bool mixed = false;         // articles of other rules or tables joined since it was made
  bool rebuilding = false;    // a rebuild beside it is not finished
  std::string generation;
  std::uint64_t bytes = 0;                // on disk
  std::optional<RunEntry> last_run = {};  // of the history; absent when it cannot be read
};

// Throws Error when there is no index at `database`.
IndexStats read_index_stats(const std::filesystem::path& database);

// All articles of the index, by path. Throws Error.
std::vector<DatedArticle> read_dated_articles(const std::filesystem::path& database);

// A figure a line: "articles 81220".
std::string to_text(const IndexStats& stats);

// {"version":1,...}; indexer/README.md lists the keys.
std::string to_json(const IndexStats& stats);

// --stats --failed: the files only, one a line, "no-date /archive/a.txt"; as JSON lines
// {"path":..,"reason":..,"size":..}.
std::string failed_as_text(const IndexStats& stats);
std::string failed_as_json_lines(const IndexStats& stats);

}  // namespace dateline
