// Command line and environment -> what dateline-index is asked to do.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/cli/command_line.h"
#include "common/date_query.h"
#include "indexer/care/health.h"
#include "indexer/run/update_plan.h"

namespace dateline {

// From `help` on nothing is read or written but the output.
enum class IndexAction : std::uint8_t {
  index,
  extract,
  explain,
  stats,
  health,
  audit,
  dump,
  check,
  compact,
  backup,
  adopt,
  preview_aliases,
  help,
  help_all,
  generate,
  version
};
enum class Generated : std::uint8_t { manual, bash, zsh };

struct IndexOptions {
  IndexAction action = IndexAction::index;
  std::filesystem::path database;
  std::filesystem::path data;                    // folder of the tables
  std::vector<std::filesystem::path> arguments;  // folders, or files and folders to extract
  std::vector<std::filesystem::path> forget;     // folders whose articles leave the index
  bool rebuild = false;
  bool no_upgrade = false;  // refuse an index of older rules, tables or schema
  bool retry_failed = false;
  bool any_date = false;               // of indexing and --extract
  std::filesystem::path exclude_file;  // of --exclude-list, "" for none
  bool verify_files = false;
  std::optional<double> verify_rate = {};  // bytes a second, of --verify-files
  bool dry_run = false;
  bool verbose = false;
  RemovalLimit removal_limit;
  bool quiet = false;
  bool json = false;          // of --stats and --audit
  bool failed = false;        // of --stats: the files that failed instead
  DateInterval audited = {};  // of --audit; open at both ends: all
  unsigned threads = 1;
  std::chrono::duration<double> wait{};                          // for another run to end
  std::optional<std::chrono::duration<double>> time_limit = {};  // of indexing
  std::filesystem::path summary_file;                            // "" for none
  std::filesystem::path explained_file;                          // of --explain
  std::optional<std::uint32_t> explained_offset = {};            // of --explain FILE:OFFSET, bytes
  std::filesystem::path backup_folder;                           // of --backup
  std::filesystem::path aliases_file;  // of --aliases or --preview-aliases, "" for none
  std::optional<std::uint64_t> most_alias_changes = {};  // of --max-alias-changes
  HealthLimits health_limits = {};                       // of --health
  bool prometheus = false;                               // of --health: metrics instead of a line
  std::filesystem::path errors_file;                     // "" for none
  Generated generated = Generated::manual;               // of --generate
};

// Throws UsageError naming the option and the offending text.
IndexOptions parse_index_options(int argc, const char* const* argv);

// The status of a mistake in this command line: 2, or with --health what a monitor takes for
// "unknown".
int usage_status(int argc, const char* const* argv);

}  // namespace dateline
