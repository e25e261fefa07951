#include "indexer/program/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/program_options/variables_map.hpp>
#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "common/cli/hint.h"
#include "indexer/program/data_folder.h"
#include "indexer/program/program_info.h"
#include "indexer/run/pipeline.h"

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

using enum IndexAction;

// The options that name an action; without one the program indexes.
constexpr std::array kActions = {
    std::pair{std::string_view("extract"), extract},
    std::pair{std::string_view("explain"), explain},
    std::pair{std::string_view("stats"), stats},
    std::pair{std::string_view("health"), health},
    std::pair{std::string_view("audit"), audit},
    std::pair{std::string_view("dump"), dump},
    std::pair{std::string_view("check"), check},
    std::pair{std::string_view("compact"), compact},
    std::pair{std::string_view("backup"), backup},
    std::pair{std::string_view("adopt"), adopt},
    std::pair{std::string_view("preview-aliases"), preview_aliases},
};

class Actions {
 public:
  constexpr Actions(std::initializer_list<IndexAction> actions) {
    for (const auto action : actions) bits_ |= bit(action);
  }
  constexpr bool holds(IndexAction action) const { return (bits_ & bit(action)) != 0; }

 private:
  static constexpr std::uint32_t bit(IndexAction action) {
    return 1u << static_cast<unsigned>(action);
  }
  std::uint32_t bits_ = 0;
};

// Which actions use an option. What has no row is used by indexing only; --db may stand in an alias
// of the shell and goes with all.
constexpr std::array kUses = {
    std::pair{std::string_view("any-date"), Actions{index, extract}},
    std::pair{std::string_view("jobs"), Actions{index, extract}},
    std::pair{std::string_view("wait"), Actions{index, compact, adopt}},
    std::pair{std::string_view("summary"), Actions{index, compact, backup, adopt}},
    std::pair{std::string_view("quiet"), Actions{index, check, compact, backup, adopt}},
    std::pair{std::string_view("failed"), Actions{stats}},
    std::pair{std::string_view("json"), Actions{stats, audit}},
    std::pair{std::string_view("max-age"), Actions{health}},
    std::pair{std::string_view("max-gap"), Actions{health}},
    std::pair{std::string_view("prometheus"), Actions{health}},
};

// Of indexing: options that mean nothing without another one.
constexpr std::array kNeeds = {
    std::pair{std::string_view("verify-rate"), std::string_view("verify-files")},
    std::pair{std::string_view("max-alias-changes"), std::string_view("aliases")},
};

Actions users_of(std::string_view option) {
  for (const auto& [name, actions] : kUses) {
    if (name == option) return actions;
  }
  return {index};
}

bool is_action(std::string_view option) {
  return std::ranges::any_of(kActions, [&](const auto& one) { return one.first == option; });
}

std::string_view name_of(IndexAction action) {
  for (const auto& [name, value] : kActions) {
    if (value == action) return name;
  }
  return "";
}

// "indexing and --extract".
std::string to_text(Actions actions) {
  std::vector<std::string> names;
  if (actions.holds(index)) names.emplace_back("indexing");
  for (const auto& [name, action] : kActions) {
    if (actions.holds(action)) names.push_back(fmt::format("--{}", name));
  }
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i) {
    text += (i + 1 == names.size() ? " and " : ", ") + names[i];
  }
  return text;
}

IndexAction action_of(const po::variables_map& values) {
  if (values.count("help") != 0) return help;
  if (values.count("help-all") != 0) return help_all;
  if (values.count("generate") != 0) return generate;
  if (values.count("version") != 0) return version;
  IndexAction action = index;
  for (const auto& [name, value] : kActions) {
    if (values.count(std::string(name)) == 0) continue;
    if (action != index) {
      throw UsageError(fmt::format("--{} and --{} exclude each other", name_of(action), name));
    }
    action = value;
  }
  return action;
}

std::optional<Seconds> seconds(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return std::nullopt;
  const double value = values[name].as<double>();
  if (!(value >= 0 && value <= kMostSeconds))
    throw UsageError(fmt::format("--{} {}: not between 0 and {}", name, value, kMostSeconds));
  return Seconds{value};
}

// "90m", "26h", "3d".
std::chrono::seconds duration(const po::variables_map& values, const char* name,
                              std::chrono::seconds usual) {
  if (values.count(name) == 0) return usual;
  const auto& text = values[name].as<std::string>();
  std::uint32_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(read.ptr, text.data() + text.size());
  for (const auto& [letter, seconds] : {std::pair{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}}) {
    if (read.ec == std::errc{} && unit == letter && number > 0)
      return std::chrono::seconds(std::int64_t{number} * seconds);
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
    throw UsageError(fmt::format("--explain {}: no such file, and \"{}\" is no offset", text,
                                 text.substr(colon + 1)),
                     "an offset is a number of bytes: FILE:120");
  }
  options.explained_file = text.substr(0, colon);
  options.explained_offset = offset;
}

// RANGE of --audit; absent when there is none.
DateInterval audited(const std::vector<fs::path>& arguments) {
  if (arguments.empty()) return {};
  if (arguments.size() > 1)
    throw UsageError(fmt::format("--audit: \"{}\" after the range", arguments[1].string()));
  try {
    return parse_date_query(arguments.front().string(), std::chrono::floor<std::chrono::days>(
                                                            std::chrono::system_clock::now()));
  } catch (const Error& error) {
    throw UsageError(fmt::format("--audit {}: {}", arguments.front().string(), error.what()),
                     hint_of(error));
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
    throw UsageError(
        fmt::format("--verify-rate {}: not between {} and {}", rate, kLeastRate, kMostRate));
  }
  return rate * 1e6;
}

unsigned threads(const po::variables_map& values) {
  if (values.count("jobs") == 0) return default_threads();
  const auto jobs = values["jobs"].as<std::uint64_t>();
  if (jobs < 1 || jobs > kMostThreads)
    throw UsageError(fmt::format("--jobs {}: not between 1 and {}", jobs, kMostThreads));
  return static_cast<unsigned>(jobs);
}

Generated generated(const po::variables_map& values) {
  if (values.count("generate") == 0) return Generated::manual;
  const auto& what = values["generate"].as<std::string>();
  for (const auto& [name, kind] :
       {std::pair{"man", Generated::manual}, {"bash", Generated::bash}, {"zsh", Generated::zsh}}) {
    if (what == name) return kind;
  }
  throw UsageError(fmt::format("--generate {}: not one of man, bash, zsh", what));
}

void refuse_empty(const std::vector<fs::path>& folders) {
  if (std::ranges::any_of(folders, &fs::path::empty))
    throw UsageError("\"\" is no folder", "a variable that is not set?");
}

void check_arguments(const IndexOptions& options) {
  refuse_empty(options.arguments);
  refuse_empty(options.forget);
  const bool extract = options.action == IndexAction::extract;
  const bool index = options.action == IndexAction::index;
  if (index && options.arguments.empty() && options.aliases_file.empty() &&
      options.forget.empty() && options.exclude_file.empty())
    throw UsageError("no folder of articles named", "dateline-index --db DB FOLDER...");
  if (extract && options.arguments.empty())
    throw UsageError("--extract: no file or folder named", "dateline-index --extract FILE...");
  if (!index && !extract && options.action != IndexAction::audit && !options.arguments.empty()) {
    throw UsageError(fmt::format("\"{}\": folders go with indexing and --extract only",
                                 options.arguments.front().string()));
  }
}

// An option that would be passed over in silence is a mistake of the one who typed it. What the
// environment or the configuration file say holds for what uses it.
void check_companions(IndexAction action, const po::variables_map& values) {
  for (const auto& option : kIndexProgram.options) {
    const std::string name(option.name);
    if (name == "db" || is_action(name) || !is_given(values, name)) continue;
    const Actions users = users_of(name);
    if (users.holds(action)) continue;
    const std::string other =
        action == index ? "" : fmt::format(", not with --{}", name_of(action));
    throw UsageError(fmt::format("--{} goes with {} only{}", name, to_text(users), other));
  }
  for (const auto& [name, other] : kNeeds) {
    if (is_given(values, std::string(name)) && !is_given(values, std::string(other))) {
      throw UsageError(fmt::format("--{} goes with --{} only", name, other));
    }
  }
  if (is_given(values, "no-upgrade") && is_given(values, "rebuild")) {
    throw UsageError("--no-upgrade and --rebuild exclude each other");
  }
}

void check_options(const IndexOptions& options, const po::variables_map& values) {
  if (options.action >= help) return;
  check_companions(options.action, values);
  const bool reads_files_only = options.action == extract || options.action == explain;
  if (!reads_files_only && options.database.empty()) {
    throw UsageError(
        "no database named",
        hint_for_database(config_file(environment("XDG_CONFIG_HOME"), environment("HOME"))));
  }
  check_arguments(options);
}

}  // namespace

IndexOptions parse_index_options(int argc, const char* const* argv) {
  const OutsideSettings outside{
      .environment = {{"db", environment("DATELINE_DB")}},
      .config = config_file(environment("XDG_CONFIG_HOME"), environment("HOME")),
      .home = environment("HOME")};
  const auto values = parse_command_line(kIndexProgram, argc, argv, outside);
  IndexOptions options;
  options.action = action_of(values);
  if (values.count("db") != 0) options.database = values["db"].as<std::string>();
  const std::string data = environment("DATELINE_DATA");
  options.data = data.empty() ? own_data_folder() : fs::path(data);
  if (values.count("argument") != 0) {
    for (const auto& argument : values["argument"].as<std::vector<std::string>>())
      options.arguments.emplace_back(argument);
  }
  if (values.count("forget") != 0) {
    for (const auto& folder : values["forget"].as<std::vector<std::string>>())
      options.forget.emplace_back(folder);
  }
  options.rebuild = values.count("rebuild") != 0;
  options.no_upgrade = values.count("no-upgrade") != 0;
  options.retry_failed = values.count("retry-failed") != 0;
  options.any_date = values.count("any-date") != 0;
  if (values.count("exclude-list") != 0)
    options.exclude_file = values["exclude-list"].as<std::string>();
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
  if (values.count("max-alias-changes") != 0)
    options.most_alias_changes = values["max-alias-changes"].as<std::uint64_t>();
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
  check_options(options, values);
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
