// Command line and environment -> what dateline-index is asked to do.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "common/error.h"
#include "indexer/update_plan.h"

namespace dateline {

class UsageError : public Error {
  using Error::Error;
};

enum class IndexAction : std::uint8_t { index, extract, stats, dump, help, version };

struct IndexOptions {
  IndexAction action = IndexAction::index;
  std::filesystem::path database;
  std::filesystem::path data;                     // folder of the tables
  std::vector<std::filesystem::path> arguments;   // folders, or files and folders to extract
  bool rebuild = false;
  RemovalLimit removal_limit;
  bool quiet = false;
  unsigned threads = 1;
};

// Throws UsageError naming the option and the offending text.
IndexOptions parse_index_options(int argc, const char* const* argv);

std::string index_help();

}  // namespace dateline
