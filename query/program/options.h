// Command line and environment -> what dateline-query is asked to do.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "common/cli/command_line.h"
#include "query/render/renderer.h"
#include "query/search_request.h"

namespace dateline {

// From `help` on the program tells of itself.
enum class QueryAction : std::uint8_t {
  search,
  batch,
  count,
  show,
  fields,
  help,
  help_all,
  generate,
  version
};
enum class Generated : std::uint8_t { manual, language, bash, zsh };
enum class ColourMode : std::uint8_t { automatic, always, never };

struct QueryOptions {
  QueryAction action = QueryAction::search;
  std::filesystem::path database;
  SearchRequest request;
  OutputFormat format = OutputFormat::text;
  bool all = false;          // every hit from the offset on, in pages
  bool exact_paths = false;  // -0
  bool count_only = false;   // --count, of one query or of --queries
  ColourMode colour = ColourMode::automatic;
  bool no_colour_in_environment = false;  // NO_COLOR is set
  std::optional<std::size_t> columns;     // $COLUMNS
  std::filesystem::path queries;  // of --queries: lines "id TAB query"; "-" is standard input
  std::string show;               // of --show: a path as given
  Generated generated = Generated::manual;  // of --generate
};

// Throws UsageError naming the option and the offending text.
QueryOptions parse_query_options(int argc, const char* const* argv);

}  // namespace dateline
