// One run of the nightly job: bring the index up to date with the archive.
//
// scan -> plan -> read, parse, extract (many threads) -> write (one) -> commit. What the run did comes back as a report.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "indexer/extract/extractor.h"
#include "indexer/pipeline.h"
#include "indexer/update_plan.h"

namespace dateline {

struct RunRequest {
  std::filesystem::path database;
  std::vector<std::filesystem::path> folders;  // at least one
  bool rebuild = false;
  RemovalLimit removal_limit;
  unsigned threads = 1;
  Progress progress;                           // may be empty
};

struct RunReport {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t removed = 0;            // gone from the archive, or no article any more
  std::uint64_t unchanged = 0;
  std::uint64_t elsewhere = 0;          // indexed, outside the scanned folders, left alone
  std::uint64_t ignored = 0;            // dot files and symbolic links
  std::uint64_t documents = 0;          // in the index afterwards
  std::uint64_t index_bytes = 0;
  std::vector<FileFailure> failures;    // files that are no article, by path
  std::vector<std::string> unlisted;    // sub-folders that could not be listed
  std::chrono::duration<double> took{};
  bool stopped = false;                 // `progress` said so; what was done is committed
  bool rebuilt = false;
};

// Throws Error (nothing committed, or the last batch before the error), LockedError.
RunReport run_index(const RunRequest& request, const Extractor& extractor);

// "added 412, updated 3, removed 2, failed 2, unchanged 81,220 articles in 38 s; index 1.2 GB"
std::string summary(const RunReport& report);

}  // namespace dateline
