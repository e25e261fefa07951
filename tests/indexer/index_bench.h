// An archive that changes, its index, and the index it should have.
#pragma once

#include <filesystem>
#include <string>

#include "indexer/run/index_run.h"
#include "tests/support/temporary_folder.h"

namespace dateline::test {

const Extractor& extractor();  // with the checkout's data

// An article whose names, places and dates vary with the number.
std::string story(int number);

std::string dump(const std::filesystem::path& database);

struct IndexBench {
  TemporaryFolder folder;
  std::filesystem::path archive = folder / "archive";
  std::filesystem::path database = folder / "index.db";

  RunReport run(bool rebuild = false, RemovalLimit limit = {}, unsigned threads = 2) const;
  std::string dump_from_scratch() const;  // of the archive as it is now
};

}  // namespace dateline::test
