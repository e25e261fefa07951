// A plan -> documents in the index: files are read and extracted by many threads, and written by
// one.
//
// What was done is counted in the run's report and told to its listener; every so many documents
// are committed.
#pragma once

#include <filesystem>
#include <vector>

#include "indexer/database/index_settings.h"
#include "indexer/extract/extractor.h"
#include "indexer/run/archive.h"
#include "indexer/run/run_report.h"
#include "indexer/run/run_request.h"
#include "indexer/run/update_plan.h"
#include "indexer/write/writer.h"

namespace dateline {

// Where documents come from.
struct ArticleSources {
  const Archive& archive;
  const Extractor& extractor;
  const IndexSettings& settings;
  // The generation whose texts serve for files that cannot be read; "" for none.
  std::filesystem::path stored = {};
};

// Writes what the files hold, in their order, until the request's progress says stop
// (report.stopped). Throws Error when the index cannot be written or the stored texts cannot be
// opened.
void write_articles(const std::vector<PlannedFile>& files, const RunRequest& request,
                    const ArticleSources& sources, Writer& writer, RunReport& report);

// Takes entries of the writer's generation out of it; nobody is told.
void remove_articles(const std::vector<IndexedEntry>& entries, const RunRequest& request,
                     Writer& writer);

// Counts articles as removed and tells of them.
void tell_removed(const std::vector<IndexedEntry>& entries, const RunRequest& request,
                  RunReport& report);

}  // namespace dateline
