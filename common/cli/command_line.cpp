#include "common/cli/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <charconv>
#include <fstream>
#include <map>
#include <ranges>
#include <set>

#include "common/text/edit_distance.h"
#include "common/text/take_until.h"

namespace dateline {
namespace {

namespace po = boost::program_options;

constexpr std::array<std::string_view, 2> kSections = {"index", "query"};

po::value_semantic* value_of(OptionKind kind) {
  switch (kind) {
    case OptionKind::flag:
      return new po::untyped_value(true);
    case OptionKind::text:
      return po::value<std::string>();
    case OptionKind::texts:
      return po::value<std::vector<std::string>>()->composing();
    case OptionKind::whole:
      return po::value<std::uint64_t>();
    case OptionKind::decimal:
      return po::value<double>();
  }
  return nullptr;
}

po::options_description description_of(const ProgramInfo& program) {
  po::options_description description;
  for (const auto& option : program.options) {
    std::string name{option.name};
    if (option.letter != '\0') name += fmt::format(",{}", option.letter);
    description.add_options()(name.c_str(), value_of(option.kind));
  }
  description.add_options()("argument", po::value<std::vector<std::string>>());
  return description;
}

// nullptr for what is no option: the arguments.
const OptionInfo* find_option(const ProgramInfo& program, std::string_view name) {
  const auto option = std::ranges::find(program.options, name, &OptionInfo::name);
  return option == program.options.end() ? nullptr : &*option;
}

template <class Number>
std::errc read_number(std::string_view text) {
  Number number{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end != text.data() + text.size() ? std::errc::invalid_argument
                                                                  : fault;
}

// What is wrong with the value of an option that takes a number, "" when it is one. Boost reads -3
// as 18446744073709551613.
std::string_view number_fault(OptionKind kind, std::string_view value) {
  const bool whole = kind == OptionKind::whole;
  if (!whole && kind != OptionKind::decimal) return "";
  if (value.find_first_of("0123456789") == std::string_view::npos)
    return "not a number";  // nor are inf and nan
  if (value.starts_with('+')) value.remove_prefix(1);
  const std::errc decimal = read_number<double>(value);
  if (decimal == std::errc::invalid_argument) return "not a number";
  if (value.starts_with('-')) return "less than 0";
  const std::errc fault = whole ? read_number<std::uint64_t>(value) : decimal;
  return fault == std::errc{}                      ? ""
         : fault == std::errc::result_out_of_range ? "out of range"
                                                   : "not a whole number";
}

std::string number_hint(const OptionInfo& option) {
  return option.letter == '\0' ? fmt::format("for example --{} 20", option.name)
                               : fmt::format("for example -{} 20", option.letter);
}

void require_choice(const OptionInfo& option, std::string_view value) {
  if (!option.has_choices()) return;
  const auto choices = parts_of<std::string_view>(option.completes, ' ');
  if (std::ranges::find(choices, value) != choices.end()) return;
  throw UsageError(
      fmt::format("--{} {}: not one of {}", option.name, value, fmt::join(choices, ", ")),
      fmt::format("for example --{} {}", option.name, choices.front()));
}

// An empty text is a variable of a script that was not set, and names nothing.
void require_value(const ProgramInfo& program, const std::string& name,
                   const std::vector<std::string>& values) {
  const OptionInfo* option = find_option(program, name);
  if (option == nullptr) return;
  for (const auto& value : values) {
    if (value.empty() && option->kind != OptionKind::flag)
      throw UsageError(fmt::format("--{}: no {} named", name, option->argument));
    const auto fault = number_fault(option->kind, value);
    if (!fault.empty())
      throw UsageError(fmt::format("--{} {}: {}", name, value, fault), number_hint(*option));
    require_choice(*option, value);
  }
}

void keep_last(const ProgramInfo& program, std::vector<po::option>& given) {
  std::set<std::string> seen;
  std::vector<po::option> kept;
  for (auto& one : given | std::views::reverse) {
    const OptionInfo* option = find_option(program, one.string_key);
    const bool repeats = option == nullptr || option->kind == OptionKind::texts;
    if (repeats || seen.insert(one.string_key).second) kept.push_back(std::move(one));
  }
  std::ranges::reverse(kept);
  given = std::move(kept);
}

// --limt was meant to be --limit; -talks was meant to be the end of a query.
std::string hint_for_unknown(const ProgramInfo& program, const std::string& given) {
  std::vector<std::string_view> names;
  for (const auto& option : program.options) names.push_back(option.name);
  const std::string nearest =
      given.starts_with("--") ? nearest_name(given.substr(2, given.find('=') - 2), names) : "";
  if (!nearest.empty()) return fmt::format("did you mean --{}?", nearest);
  return fmt::format("{} --help-all lists the options; {}", program.name, program.dash_hint);
}

// Behind what was given: marked as a default, for is_given().
void store(const po::options_description& description, const std::string& name,
           const std::vector<std::string>& value, po::variables_map& values) {
  po::parsed_options one(&description);
  one.options.emplace_back(name, value);
  po::variables_map outside;
  po::store(one, outside);
  values.insert({name, po::variable_value(outside[name].value(), true)});
}

// The file is read by no shell: `db = "~/my news.db"` means what it would mean there.
std::string written_value(std::string value, const OptionInfo& option, const std::string& home) {
  const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  if (quoted) value = value.substr(1, value.size() - 2);
  const bool path = option.completes == "FILE" || option.completes == "FOLDER";
  return path && !home.empty() && value.starts_with("~/") ? home + value.substr(1) : value;
}

// A key of the file -> the option's name; "" for another program's.
std::string name_of_key(const std::string& key, const ProgramInfo& program,
                        const std::string& file) {
  const auto dot = key.find('.');
  const std::string section = dot == std::string::npos ? "" : key.substr(0, dot);
  if (section.empty() && key == "db") return key;
  if (section != program.section && std::ranges::find(kSections, section) != kSections.end())
    return "";
  const std::string name = key.substr(dot + 1);
  const OptionInfo* option = find_option(program, name);
  if (section == program.section && option != nullptr && in_file(*option)) return name;
  std::string known;
  for (const auto& other : program.options)
    known += in_file(other) && other.name != "db" ? fmt::format(" {}", other.name) : "";
  throw UsageError(fmt::format("{}: {}: no such setting", file, key),
                   fmt::format("db, and below [{}]:{}", program.section, known));
}

// Name of the option, "" for another program's, and value.
std::pair<std::string, std::string> read_setting(const ProgramInfo& program,
                                                 const po::option& setting,
                                                 const OutsideSettings& outside) {
  std::string name = name_of_key(setting.string_key, program, outside.config.string());
  if (name.empty()) return {};
  std::string value = written_value(setting.value.empty() ? "" : setting.value.front(),
                                    *find_option(program, name), outside.home);
  try {
    require_value(program, name, {value});
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("{}: {}", outside.config.string(), error.what()),
                     "a setting is a line like: db = /srv/news.db");
  }
  return {std::move(name), std::move(value)};
}

// Of a setting written twice the last one counts, as on the command line.
void add_file(const ProgramInfo& program, const po::options_description& description,
              const OutsideSettings& outside, po::variables_map& values) {
  std::ifstream file(outside.config);
  if (!file) return;
  try {
    std::map<std::string, std::string> settings;
    for (const auto& setting :
         po::parse_config_file(file, po::options_description(), true).options) {
      auto [name, value] = read_setting(program, setting, outside);
      if (!name.empty()) settings[std::move(name)] = std::move(value);
    }
    for (const auto& [name, value] : settings) {
      if (values.count(name) == 0) store(description, name, {value}, values);
    }
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{}: {}", outside.config.string(), error.what()),
                     "a setting is a line like: db = /srv/news.db");
  }
}

// Then a wrong line in the file must not stand in the way.
bool asks_about_program(const po::variables_map& values) {
  return std::ranges::any_of(std::array{"help", "help-all", "version", "generate", "fields"},
                             [&](const char* name) { return values.count(name) != 0; });
}

po::variables_map parse_arguments(const ProgramInfo& program,
                                  const po::options_description& description, int argc,
                                  const char* const* argv) {
  po::positional_options_description positional;
  positional.add("argument", -1);
  const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  auto parsed = po::command_line_parser(argc, argv)
                    .options(description)
                    .positional(positional)
                    .style(style)
                    .run();
  for (const auto& option : parsed.options) require_value(program, option.string_key, option.value);
  keep_last(program, parsed.options);
  po::variables_map values;
  po::store(parsed, values);
  return values;
}

}  // namespace

po::variables_map parse_command_line(const ProgramInfo& program, int argc, const char* const* argv,
                                     const OutsideSettings& outside) {
  const po::options_description description = description_of(program);
  po::variables_map values;
  try {
    values = parse_arguments(program, description, argc, argv);
  } catch (const po::unknown_option& error) {
    throw UsageError(error.what(), hint_for_unknown(program, error.get_option_name()));
  } catch (const po::error& error) {
    throw UsageError(error.what(), fmt::format("{} --help-all lists the options; {}", program.name,
                                               program.dash_hint));
  }
  for (const auto& [name, value] : outside.environment) {
    if (values.count(name) == 0 && !value.empty()) store(description, name, {value}, values);
  }
  if (!asks_about_program(values)) add_file(program, description, outside, values);
  return values;
}

bool is_given(const po::variables_map& values, const std::string& name) {
  return values.count(name) != 0 && !values[name].defaulted();
}

std::string hint_for_database(const std::filesystem::path& config) {
  if (config.empty()) return "name it with --db DB or in the environment, DATELINE_DB=DB";
  return fmt::format(
      "name it with --db DB, in the environment, DATELINE_DB=DB, or in {} with a line db = DB",
      config.string());
}

std::filesystem::path config_file(const std::string& config_home, const std::string& home) {
  if (!config_home.empty()) return std::filesystem::path(config_home) / "dateline/config";
  return home.empty() ? std::filesystem::path()
                      : std::filesystem::path(home) / ".config/dateline/config";
}

}  // namespace dateline
