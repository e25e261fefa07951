#include "common/cli/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/schema.h"
#include "completion_scripts.h"

namespace dateline {
namespace {

// dateline-query -> _dateline_query: the name of a shell function.
std::string function_of(const ProgramInfo& program) {
  std::string name = "_" + std::string(program.name);
  std::ranges::replace(name, '-', '_');
  return name;
}

std::string facets() {
  std::string names;
  for (const auto& facet : kFacets)
    names += fmt::format("{}{}", names.empty() ? "" : " ", facet.name);
  return names;
}

std::string option_names(const ProgramInfo& program) {
  std::string names;
  for (const auto& option : program.options)
    names += fmt::format("{}--{}", names.empty() ? "" : " ", option.name);
  return names;
}

// Fields whose values a facet of the same name counts: what stands after speaker: can be offered.
std::string value_fields() {
  std::string names;
  for (const auto& field : kFields) {
    if (parse_facet(field.name)) names += fmt::format("{}{}", names.empty() ? "" : "|", field.name);
  }
  return names;
}

std::string fields() {
  std::string names;
  for (const auto& field : kFields)
    names += fmt::format("{}{}", names.empty() ? "" : " ", field.name);
  return names;
}

// A script of completion/ with values in the place of its marks: @FIELDS@ -> names of fields. The
// mark of several lines is a line of its own, a comment to a shell.
std::string filled(std::string_view script,
                   std::initializer_list<std::pair<std::string_view, std::string>> values) {
  std::string out{script};
  for (const auto& [mark, value] : values) {
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + value.size()))
      out.replace(at, mark.size(), value);
  }
  return out;
}

std::string with_names(std::string_view script) {
  return filled(
      script, {{"@FIELDS@", fields()}, {"@VALUE_FIELDS@", value_fields()}, {"@FACETS@", facets()}});
}

// Readline knows better than we do how the name of a file is quoted.
std::string bash_offer(std::string_view completes) {
  if (completes.empty()) return ":";
  if (completes == "FILE") return "compopt -o default";
  if (completes == "FOLDER") return "compopt -o dirnames";
  if (completes == "FILTER") return "_dateline_filter";
  if (completes == "QUERY") return "_dateline_text";
  return fmt::format("_dateline_choices \"{}\"",
                     completes == "FACET" ? facets() : std::string(completes));
}

bool has_filter(const ProgramInfo& program) {
  return std::ranges::find(program.options, "FILTER", &OptionInfo::completes) !=
         program.options.end();
}

// The text inside a specification of zsh's _arguments: no bracket, colon or quote of it means
// anything.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\')
      out += fmt::format("\\{}", c);
    else
      out += c;
  }
  return out;
}

std::string zsh_offer(std::string_view completes) {
  if (completes.empty()) return " ";
  if (completes == "FILE") return "_files";
  if (completes == "FOLDER") return "_directories";
  if (completes == "FACET") return fmt::format("({})", facets());
  if (completes == "QUERY") return "_dateline_text";
  return completes == "FILTER" ? "_dateline_filter" : fmt::format("({})", completes);
}

std::string zsh_line(const OptionInfo& option) {
  const std::string argument =
      option.kind == OptionKind::flag
          ? ""
          : fmt::format(":{}:{}", zsh_text(option.argument), zsh_offer(option.completes));
  const std::string repeat = option.kind == OptionKind::texts ? "*" : "";
  const bool flag = option.kind == OptionKind::flag;
  std::string line = fmt::format("  '{}--{}{}[{}]{}' \\\n", repeat, option.name, flag ? "" : "=",
                                 zsh_text(option.help), argument);
  if (option.letter != '\0')
    line += fmt::format("  '{}-{}{}[{}]{}' \\\n", repeat, option.letter, flag ? "" : "+",
                        zsh_text(option.help), argument);
  return line;
}

}  // namespace

std::string bash_completion(const ProgramInfo& program) {
  std::string cases;
  for (const auto& option : program.options) {
    if (option.kind == OptionKind::flag) continue;
    const std::string letter = option.letter == '\0' ? "" : fmt::format("|-{}", option.letter);
    cases += fmt::format("    --{}{}) {} ;;\n", option.name, letter, bash_offer(option.completes));
  }
  return fmt::format("# bash completion of {}, made from its table of options\n", program.name) +
         std::string(kBashWords) + (has_filter(program) ? with_names(kBashValues) : "") +
         filled(kBashFunction, {{"@FUNCTION@", function_of(program)},
                                {"    # @CASES@\n", cases},
                                {"@OPTIONS@", option_names(program)},
                                {"@ARGUMENTS@", bash_offer(program.arguments)},
                                {"@PROGRAM@", std::string(program.name)}});
}

// A file of $fpath is the body of the function when it is called first; `source` only defines it:
// the last line of function.zsh.in knows which.
std::string zsh_completion(const ProgramInfo& program) {
  std::string cases;
  for (const auto& option : program.options) cases += zsh_line(option);
  return fmt::format("#compdef {}\n# zsh completion, made from the program's table of options\n",
                     program.name) +
         (has_filter(program) ? with_names(kZshValues) : "") +
         filled(kZshFunction, {{"@FUNCTION@", fmt::format("_{}", program.name)},
                               {"  # @CASES@\n", cases},
                               {"@ARGUMENTS@", zsh_offer(program.arguments)},
                               {"@PROGRAM@", std::string(program.name)}});
}

}  // namespace dateline
