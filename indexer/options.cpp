#include "indexer/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options/variables_map.hpp>
#include <charconv>
#include <cstdlib>

#include "indexer/data_folder.h"
#include "indexer/pipeline.h"
#include "indexer/program_info.h"

namespace dateline {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

constexpr unsigned kMostThreads = 256;
constexpr double kMostSeconds = 1e6;
constexpr double kLeastRate = 0.001, kMostRate = 1e6;  // MB a second

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

IndexAction action_of(const po::variables_map& values) {
  if (values.count("help") != 0) return IndexAction::help;
  if (values.count("help-all") != 0) return IndexAction::help_all;
  if (values.count("generate") != 0) return IndexAction::generate;
  if (values.count("version") != 0) return IndexAction::version;
  IndexAction action = IndexAction::index;
  std::string named;
  for (const auto& [name, value] : {std::pair{"extract", IndexAction::extract}, {"explain", IndexAction::explain}, {"stats", IndexAction::stats}, {"health", IndexAction::health},
                                     {"audit", IndexAction::audit}, {"dump", IndexAction::dump}, {"check", IndexAction::check}, {"compact", IndexAction::compact},
                                     {"backup", IndexAction::backup}, {"adopt", IndexAction::adopt}, {"preview-aliases", IndexAction::preview_aliases}}) {
    if (values.count(name) == 0) continue;
    if (!named.empty()) throw UsageError(fmt::format("--{} and --{} exclude each other", named, name));
    named = name;
    action = value;
  }
  return action;
}

std::optional<Seconds> seconds(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return std::nullopt;
  const double value = values[name].as<double>();
  if (!(value >= 0 && value <= kMostSeconds)) throw UsageError(fmt::format("--{} {}: not between 0 and {}", name, value, kMostSeconds));
  return Seconds{value};
}

// "90m", "26h", "3d".
std::chrono::seconds duration(const po::variables_map& values, const char* name, std::chrono::seconds usual) {
  if (values.count(name) == 0) return usual;
  const auto& text = values[name].as<std::string>();
  std::uint32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(read.ptr, text.data() + text.size());
  for (const auto& [letter, seconds] : {std::pair{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}}) {
    if (read.ec == std::errc{} && unit == letter && number > 0) return std::chrono::seconds(std::int64_t{number} * seconds);
  }
  throw UsageError(fmt::format("--{} {}: no time such as 90m, 26h or 3d", name, text));
}

// FILE, or FILE:OFFSET unless a file is so named as a whole.
void read_explained(const std::string& text, IndexOptions& options) {
  options.explained_file = text;
  const auto colon = text.rfind(':');
  std::error_code failure;
  if (colon == std::string::npos || fs::exists(options.explained_file, failure)) return;
  const char* end = text.data() + text.size();
  std::uint32_t offset = 0;
  const auto read = std::from_chars(text.data() + colon + 1, end, offset);
  if (read.ec != std::errc{} || read.ptr != end) {
    throw UsageError(fmt::format("--explain {}: no such file, and \"{}\" is no offset", text, text.substr(colon + 1)), "an offset is a number of bytes: FILE:120");
  }
  options.explained_file = text.substr(0, colon);
  options.explained_offset = offset;
}

// RANGE of --audit; absent when there is none.
DateInterval audited(const std::vector<fs::path>& arguments) {
  if (arguments.empty()) return {};
  if (arguments.size() > 1) throw UsageError(fmt::format("--audit: \"{}\" after the range", arguments[1].string()));
  try {
    return parse_date_query(arguments.front().string(), std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  } catch (const Error& error) {
    throw UsageError(fmt::format("--audit {}: {}", arguments.front().string(), error.what()), error.hint());
  }
}

std::optional<std::uint64_t> most_removals(const po::variables_map& values) {
  if (values.count("max-delete") == 0) return std::nullopt;
  return values["max-delete"].as<std::uint64_t>();
}

// MB on the command line, bytes here.
std::optional<double> verify_rate(const po::variables_map& values) {
  if (values.count("verify-rate") == 0) return std::nullopt;
  const double rate = values["verify-rate"].as<double>();
  if (!(rate >= kLeastRate && rate <= kMostRate)) {
    throw UsageError(fmt::format("--verify-rate {}: not between {} and {}", rate, kLeastRate, kMostRate));
  }
  return rate * 1e6;
}

unsigned threads(const po::variables_map& values) {
  if (values.count("jobs") == 0) return default_threads();
  const auto jobs = values["jobs"].as<std::uint64_t>();
  if (jobs < 1 || jobs > kMostThreads) throw UsageError(fmt::format("--jobs {}: not between 1 and {}", jobs, kMostThreads));
  return static_cast<unsigned>(jobs);
}

Generated generated(const po::variables_map& values) {
  if (values.count("generate") == 0) return Generated::manual;
  const auto& what = values["generate"].as<std::string>();
  for (const auto& [name, kind] : {std::pair{"man", Generated::manual}, {"bash", Generated::bash}, {"zsh", Generated::zsh}}) {
    if (what == name) return kind;
  }
  throw UsageError(fmt::format("--generate {}: not one of man, bash, zsh", what));
}

void refuse_empty(const std::vector<fs::path>& folders) {
  if (std::ranges::any_of(folders, &fs::path::empty)) throw UsageError("\"\" is no folder", "a variable that is not set?");
}

void check_arguments(const IndexOptions& options) {
  refuse_empty(options.arguments);
  refuse_empty(options.forget);
  const bool extract = options.action == IndexAction::extract;
  const bool index = options.action == IndexAction::index;
  if (index && options.arguments.empty() && options.aliases_file.empty() && options.forget.empty() && options.exclude_file.empty()) throw UsageError("no folder of articles named", "dateline-index --db DB FOLDER...");
  if (extract && options.arguments.empty()) throw UsageError("--extract: no file or folder named", "dateline-index --extract FILE...");
  if (!index && !extract && options.action != IndexAction::audit && !options.arguments.empty()) {
    throw UsageError(fmt::format("\"{}\": folders go with indexing and --extract only", options.arguments.front().string()));
  }
}

// An option that would be passed over in silence is a mistake of the one who typed it.
void check_companions(const IndexOptions& options) {
  const bool index = options.action == IndexAction::index;
  const bool stats = options.action == IndexAction::stats;
  if (!index && options.action != IndexAction::preview_aliases && !options.aliases_file.empty()) throw UsageError("--aliases goes with indexing only");
  if (!index && (options.rebuild || options.removal_limit.most)) throw UsageError("--rebuild and --max-delete go with indexing only");
  if (!index && options.action != IndexAction::extract && options.any_date) throw UsageError("--any-date goes with indexing and --extract only");
  if (!index && !options.exclude_file.empty()) throw UsageError("--exclude-list goes with indexing only");
  if (!index && !options.forget.empty()) throw UsageError("--forget goes with indexing only");
  if (!index && options.verify_files) throw UsageError("--verify-files goes with indexing only");
  if (options.verify_rate && !options.verify_files) throw UsageError("--verify-rate goes with --verify-files only");
  if (options.no_upgrade && (!index || options.rebuild)) throw UsageError("--no-upgrade goes with indexing only, and not with --rebuild");
  if (!index && options.most_alias_changes) throw UsageError("--max-alias-changes goes with --aliases only");
  if (options.most_alias_changes && options.aliases_file.empty()) throw UsageError("--max-alias-changes goes with --aliases only");
  if (options.prometheus && options.action != IndexAction::health) throw UsageError("--prometheus goes with --health only");
  if (!index && options.dry_run) throw UsageError("--dry-run goes with indexing only");
  if (options.failed && !stats) throw UsageError("--failed goes with --stats only");
  if (options.json && !stats && options.action != IndexAction::audit) throw UsageError("--json goes with --stats and --audit only");
}

void check(const IndexOptions& options) {
  if (options.action >= IndexAction::help) return;
  const bool reads_files_only = options.action == IndexAction::extract || options.action == IndexAction::explain;
  if (!reads_files_only && options.database.empty()) {
    throw UsageError("no database named", hint_for_database(config_file(environment("XDG_CONFIG_HOME"), environment("HOME"))));
  }
  check_arguments(options);
  check_companions(options);
}

}  // namespace

IndexOptions parse_index_options(int argc, const char* const* argv) {
  const OutsideSettings outside{.environment = {{"db", environment("DATELINE_DB")}},
                                .config = config_file(environment("XDG_CONFIG_HOME"), environment("HOME")),
                                .home = environment("HOME")};
  const auto values = parse_command_line(kIndexProgram, argc, argv, outside);
  IndexOptions options;
  options.action = action_of(values);
  if (values.count("db") != 0) options.database = values["db"].as<std::string>();
  const std::string data = environment("DATELINE_DATA");
  options.data = data.empty() ? own_data_folder() : fs::path(data);
  if (values.count("argument") != 0) {
    for (const auto& argument : values["argument"].as<std::vector<std::string>>()) options.arguments.emplace_back(argument);
  }
  if (values.count("forget") != 0) {
    for (const auto& folder : values["forget"].as<std::vector<std::string>>()) options.forget.emplace_back(folder);
  }
  options.rebuild = values.count("rebuild") != 0;
  options.no_upgrade = values.count("no-upgrade") != 0;
  options.retry_failed = values.count("retry-failed") != 0;
  options.any_date = values.count("any-date") != 0;
  if (values.count("exclude-list") != 0) options.exclude_file = values["exclude-list"].as<std::string>();
  options.verify_files = values.count("verify-files") != 0;
  options.verify_rate = verify_rate(values);
  options.dry_run = values.count("dry-run") != 0;
  options.verbose = values.count("verbose") != 0;
  options.wait = seconds(values, "wait").value_or(Seconds{});
  options.time_limit = seconds(values, "time-limit");
  if (values.count("summary") != 0) options.summary_file = values["summary"].as<std::string>();
  if (values.count("explain") != 0) read_explained(values["explain"].as<std::string>(), options);
  if (values.count("backup") != 0) options.backup_folder = values["backup"].as<std::string>();
  for (const auto* name : {"aliases", "preview-aliases"}) {
    if (values.count(name) != 0) options.aliases_file = values[name].as<std::string>();
  }
  if (values.count("max-alias-changes") != 0) options.most_alias_changes = values["max-alias-changes"].as<std::uint64_t>();
  options.prometheus = values.count("prometheus") != 0;
  options.health_limits.age = duration(values, "max-age", options.health_limits.age);
  options.health_limits.gap = duration(values, "max-gap", options.health_limits.gap);
  if (values.count("errors") != 0) options.errors_file = values["errors"].as<std::string>();
  options.removal_limit.most = most_removals(values);
  options.json = values.count("json") != 0;
  options.failed = values.count("failed") != 0;
  options.quiet = values.count("quiet") != 0;
  options.threads = threads(values);
  options.generated = generated(values);
  check(options);
  for (const auto* name : {"max-age", "max-gap"}) {
    if (values.count(name) != 0 && options.action != IndexAction::health) throw UsageError(fmt::format("--{} goes with --health only", name));
  }
  if (options.action == IndexAction::audit) options.audited = audited(options.arguments);
  return options;
}

int usage_status(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") break;
    if (argument == "--health") return kUnknownHealth;
  }
  return 2;
}

}  // namespace dateline
