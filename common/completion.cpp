#include "common/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/schema.h"

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
  for (const auto& facet : kFacets) names += fmt::format("{}{}", names.empty() ? "" : " ", facet.name);
  return names;
}

std::string option_names(const ProgramInfo& program) {
  std::string names;
  for (const auto& option : program.options) names += fmt::format("{}--{}", names.empty() ? "" : " ", option.name);
  return names;
}

std::string bash_offer(std::string_view completes) {
  if (completes == "FILE") return "COMPREPLY=($(compgen -f -- \"$cur\"))";
  if (completes == "FOLDER") return "COMPREPLY=($(compgen -d -- \"$cur\"))";
  if (completes == "FACET") return fmt::format("COMPREPLY=($(compgen -W \"{}\" -- \"$cur\"))", facets());
  if (completes == "FILTER") return fmt::format("compopt -o nospace; COMPREPLY=($(compgen -S = -W \"{}\" -- \"$cur\"))", facets());
  return fmt::format("COMPREPLY=($(compgen -W \"{}\" -- \"$cur\"))", completes);
}

// Bash makes words of `--filter`, `speaker`, `=` and `Anna`. Values have blanks, so each is quoted for the shell.
constexpr std::string_view kBashValues = R"sh(_dateline_values() {
  local value
  while IFS= read -r value; do
    COMPREPLY+=("$(printf %q "$value")")
  done < <(dateline-query --limit 0 --facet "$1:50" --facet-prefix "$2" --format tsv 2>/dev/null | awk -F '\t' '$1 == "facet" { print $12 }')
}
)sh";

constexpr std::string_view kBashFilter = R"sh(  if [[ $cur == = ]]; then cur=''; set -- "${COMP_WORDS[COMP_CWORD-1]}" "${COMP_WORDS[COMP_CWORD-2]}"
  elif [[ $prev == = ]]; then set -- "${COMP_WORDS[COMP_CWORD-2]}" "${COMP_WORDS[COMP_CWORD-3]}"
  else set -- '' ''; fi
  if [[ $2 == --filter ]]; then _dateline_values "$1" "$cur"; return; fi
)sh";

bool has_filter(const ProgramInfo& program) { return std::ranges::find(program.options, "FILTER", &OptionInfo::completes) != program.options.end(); }

// The text inside a specification of zsh's _arguments: no bracket, colon or quote of it means anything.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\') out += fmt::format("\\{}", c);
    else out += c;
  }
  return out;
}

std::string zsh_offer(std::string_view completes) {
  if (completes.empty()) return " ";
  if (completes == "FILE") return "_files";
  if (completes == "FOLDER") return "_directories";
  if (completes == "FACET") return fmt::format("({})", facets());
  return completes == "FILTER" ? "_dateline_filter" : fmt::format("({})", completes);
}

std::string zsh_line(const OptionInfo& option) {
  const std::string argument = option.kind == OptionKind::flag ? "" : fmt::format(":{}:{}", zsh_text(option.argument), zsh_offer(option.completes));
  const std::string repeat = option.kind == OptionKind::texts ? "*" : "";
  std::string line = fmt::format("  '{}--{}[{}]{}' \\\n", repeat, option.name, zsh_text(option.help), argument);
  if (option.letter != '\0') line += fmt::format("  '{}-{}[{}]{}' \\\n", repeat, option.letter, zsh_text(option.help), argument);
  return line;
}

constexpr std::string_view kZshFilter = R"sh(_dateline_filter() {{
  local -a values
  if compset -P 1 '*='; then
    values=("${{(@f)$(dateline-query --limit 0 --facet "${{IPREFIX%=}}:50" --facet-prefix "$PREFIX" --format tsv 2>/dev/null | awk -F '\t' '$1 == "facet" {{ print $12 }}')}}")
    compadd -a values
  else
    compadd -S = {}
  fi
}}
)sh";

}  // namespace

std::string bash_completion(const ProgramInfo& program) {
  const std::string function = function_of(program);
  std::string text = fmt::format("# bash completion of {}, made from its table of options\n", program.name);
  if (has_filter(program)) text += kBashValues;
  text += fmt::format("{}() {{\n  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}\n  COMPREPLY=()\n", function);
  if (has_filter(program)) text += kBashFilter;
  text += "  case $prev in\n";
  for (const auto& option : program.options) {
    if (option.kind == OptionKind::flag) continue;
    const std::string letter = option.letter == '\0' ? "" : fmt::format("|-{}", option.letter);
    text += fmt::format("    --{}{}) {}; return ;;\n", option.name, letter, option.completes.empty() ? ":" : bash_offer(option.completes));
  }
  text += fmt::format("  esac\n  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W \"{}\" -- \"$cur\"))\n", option_names(program));
  text += fmt::format("  else COMPREPLY=($(compgen -f -- \"$cur\")); fi\n}}\ncomplete -o filenames -F {} {}\n", function, program.name);
  return text;
}

std::string zsh_completion(const ProgramInfo& program) {
  std::string text = fmt::format("#compdef {}\n# zsh completion, made from the program's table of options\n", program.name);
  if (has_filter(program)) text += fmt::format(kZshFilter, facets());
  text += "_arguments -s \\\n";
  for (const auto& option : program.options) text += zsh_line(option);
  return text + "  '*: :_files'\n";
}

}  // namespace dateline
