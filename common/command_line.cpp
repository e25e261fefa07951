#include "common/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/program_options.hpp>
#include <fstream>

namespace dateline {
namespace {

namespace po = boost::program_options;

constexpr std::array<std::string_view, 2> kSections = {"index", "query"};

po::value_semantic* value_of(OptionKind kind) {
  switch (kind) {
    case OptionKind::flag: return new po::untyped_value(true);
    case OptionKind::text: return po::value<std::string>();
    case OptionKind::texts: return po::value<std::vector<std::string>>()->composing();
    case OptionKind::whole: return po::value<std::uint64_t>();
    case OptionKind::decimal: return po::value<double>();
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

// Boost reads -3 as 18446744073709551613.
void require_whole(const ProgramInfo& program, const std::string& name, const std::vector<std::string>& values) {
  const auto option = std::ranges::find(program.options, name, &OptionInfo::name);
  if (option == program.options.end() || option->kind != OptionKind::whole) return;
  for (const auto& value : values) {
    if (value.starts_with('-')) throw UsageError(fmt::format("--{} {}: less than 0", name, value));
  }
}

void store(const po::options_description& description, const std::string& name, const std::vector<std::string>& value, po::variables_map& values) {
  po::parsed_options one(&description);
  one.options.emplace_back(name, value);
  po::store(one, values);
}

// A key of the file -> the option's name; "" for another program's.
std::string name_of_key(const std::string& key, const ProgramInfo& program, const std::string& file) {
  const auto dot = key.find('.');
  const std::string section = dot == std::string::npos ? "" : key.substr(0, dot);
  if (section.empty() && key == "db") return key;
  if (section != program.section && std::ranges::find(kSections, section) != kSections.end()) return "";
  const std::string name = key.substr(dot + 1);
  const auto option = std::ranges::find(program.options, name, &OptionInfo::name);
  if (section == program.section && option != program.options.end() && in_file(*option)) return name;
  std::string known;
  for (const auto& other : program.options) known += in_file(other) && other.name != "db" ? fmt::format(" {}", other.name) : "";
  throw UsageError(fmt::format("{}: {}: no such setting", file, key), fmt::format("db, and below [{}]:{}", program.section, known));
}

void add_file(const ProgramInfo& program, const po::options_description& description, const std::filesystem::path& path, po::variables_map& values) {
  std::ifstream file(path);
  if (!file) return;
  try {
    for (const auto& setting : po::parse_config_file(file, po::options_description(), true).options) {
      const std::string name = name_of_key(setting.string_key, program, path.string());
      if (!name.empty()) require_whole(program, name, setting.value);
      if (!name.empty() && values.count(name) == 0) store(description, name, setting.value, values);
    }
  } catch (const po::error& error) {
    throw UsageError(fmt::format("{}: {}", path.string(), error.what()), "a setting is a line like: db = /srv/news.db");
  }
}

}  // namespace

po::variables_map parse_command_line(const ProgramInfo& program, int argc, const char* const* argv, const OutsideSettings& outside) {
  const po::options_description description = description_of(program);
  po::positional_options_description positional;
  positional.add("argument", -1);
  po::variables_map values;
  try {
    const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    const auto parsed = po::command_line_parser(argc, argv).options(description).positional(positional).style(style).run();
    for (const auto& option : parsed.options) require_whole(program, option.string_key, option.value);
    po::store(parsed, values);
  } catch (const po::error& error) {
    throw UsageError(error.what(), fmt::format("{} --help-all lists the options; what begins with - goes after --", program.name));
  }
  if (values.count("db") == 0 && !outside.database.empty()) store(description, "db", {outside.database}, values);
  add_file(program, description, outside.config, values);
  return values;
}

std::filesystem::path config_file(const std::string& config_home, const std::string& home) {
  if (!config_home.empty()) return std::filesystem::path(config_home) / "dateline/config";
  return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / ".config/dateline/config";
}

}  // namespace dateline
