#include "common/cli/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/schema.h"

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

// The names of fields and facets in the place of @FIELDS@, @VALUE_FIELDS@, @FACETS@.
std::string with_names(std::string_view script) {
  std::string out{script};
  for (const auto& [mark, names] : {std::pair{"@FIELDS@", fields()},
                                    {"@VALUE_FIELDS@", value_fields()},
                                    {"@FACETS@", facets()}}) {
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + names.size()))
      out.replace(at, std::string_view(mark).size(), names);
  }
  return out;
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

constexpr std::string_view kBashWords =
    R"sh(# What the shell would make of the line: `words`, and of the last, unfinished one `word` and the `quote` it stands in.
_dateline_split() {
  local i c begun=
  words=() word= quote=
  for ((i = 0; i < ${#1}; i++)); do
    c=${1:i:1}
    if [[ $quote == \' ]]; then
      if [[ $c == \' ]]; then quote=; else word+=$c; fi
    elif [[ $c == \\ && ( ! $quote || ${1:i+1:1} == [\\\"\$\`] ) ]]; then
      i=$((i + 1)) word+=${1:i:1}
    elif [[ $quote ]]; then
      if [[ $c == \" ]]; then quote=; else word+=$c; fi
    elif [[ $c == [\'\"] ]]; then
      quote=$c
    elif [[ $c == [[:space:]] ]]; then
      if [[ $begun ]]; then words+=("$word"); fi
      word= begun=
      continue
    else
      word+=$c
    fi
    begun=1
  done
}

# Whole words -> COMPREPLY. Readline replaces only what stands behind the last of COMP_WORDBREAKS, $1, and takes what it is given as it is.
_dateline_offer() {
  local skip tail offer whole=$word context=$quote
  local -a words
  local word quote
  _dateline_split "$context$1"
  skip=$((${#whole} - ${#word}))
  for offer in "${offers[@]}"; do
    tail=${offer:skip}
    if [[ $context == \' ]]; then tail=${tail//\'/\'\\\'\'}
    elif [[ $context ]]; then tail=$(sed 's/[\\"$`]/\\&/g' <<< "$tail")
    elif [[ $tail ]]; then printf -v tail %q "$tail"; fi
    if [[ $context && $tail == *"$context" ]]; then tail+=$context; fi # readline takes the end of \" for the closing quotation mark
    COMPREPLY+=("$tail")
  done
}

# Those of the choices $1 that begin as `value` does, each with $2 behind it, after which the word goes on.
_dateline_choices() {
  local choice
  for choice in $1; do
    if [[ $choice == "$value"* ]]; then offers+=("$head$choice$2"); fi
  done
  if [[ ! $2 ]]; then return; fi
  compopt -o nospace
  if [[ $quote && ${#offers[@]} == 1 ]]; then offers+=("${offers[0]}…"); fi # else readline closes the quotation mark
}
)sh";

constexpr std::string_view kBashFields =
    R"sh(# Values of the facet $1 that have a word beginning with $2, each between $3 and $4. Those that begin so themselves go first: readline puts what
# all offers begin with in the place of what was typed. Several others are only listed, a blank among them lest they begin alike.
_dateline_values() {
  local value rest i
  local -a from=() begins=() others=()
  for ((i = 1; i < ${#words[@]}; i++)); do
    if [[ ${words[i-1]} == --db ]]; then from=(--db "${words[i]/#~\//$HOME/}"); fi
    if [[ ${words[i]} == --db=* ]]; then rest=${words[i]#--db=} from=(--db "${rest/#~\//$HOME/}"); fi
  done
  if [[ $2 ]]; then from+=(--facet-prefix "$2"); fi
  while read -r rest rest rest rest value; do
    if [[ $4 && $value == *\"* ]]; then continue; fi
    if [[ ${value,,} == "${2,,}"* ]]; then begins+=("$head$3$value$4"); else others+=("$value"); fi
  done < <(command dateline-query "${from[@]}" --limit 0 --facet "$1:50" --format paths 2>/dev/null)
  if [[ ${#begins[@]} != 0 ]]; then offers=("${begins[@]}")
  elif [[ ${#others[@]} == 1 ]]; then offers=("$head$3$others$4")
  elif [[ ${#others[@]} != 0 ]]; then COMPREPLY=("${others[@]}" " "); fi
}
_dateline_filter() {
  if [[ $value == *=* ]]; then _dateline_values "${value%%=*}" "${value#*=}" "${value%%=*}="
  else _dateline_choices "@FACETS@" =; fi
}
# Inside a query: names of fields; after speaker: and the like the values.
_dateline_text() {
  local open='^(.*[[:space:](-])?(@VALUE_FIELDS@):("([^"]*)|([^"[:space:]]*))$' name='^(.*[[:space:](-])?([a-z]*)$' marks=${value//[^\"]/}
  if [[ $value =~ $open ]]; then
    head+=${BASH_REMATCH[1]}
    _dateline_values "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]}${BASH_REMATCH[5]}" "${BASH_REMATCH[2]}:\"" \"
  elif [[ $((${#marks} % 2)) == 0 && $value =~ $name ]]; then
    head+=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    _dateline_choices "@FIELDS@" :
  fi
}
)sh";

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

constexpr std::string_view kZshFields =
    R"sh(# Values of the facet $1 that have a word beginning with $2, each between $3 and $4. Those that begin so themselves go first. What was typed is
# replaced; of several others one is chosen from a menu.
_dateline_values() {
  local rest value i
  local -a from offers others
  for ((i = 2; i <= $#words; i++)); do
    if [[ ${words[i-1]} == --db ]]; then from=(--db ${~${(Q)words[i]}}); fi
    if [[ ${words[i]} == --db=* ]]; then from=(--db ${~${(Q)words[i]#--db=}}); fi
  done
  if [[ -n $2 ]]; then from+=(--facet-prefix "$2"); fi
  while read -r rest rest rest rest value; do
    if [[ -n $4 && $value == *\"* ]]; then continue; fi
    if [[ ${(L)value} == ${(L)2}* ]]; then offers+=("$head$3$value$4"); else others+=("$head$3$value$4"); fi
  done < <(command dateline-query $from --limit 0 --facet "$1:50" --format paths 2>/dev/null)
  if (( ! $#offers )); then
    offers=($others)
    compstate[insert]=menu
  fi
  compadd -U -i "$IPREFIX" -a offers
}
_dateline_filter() {
  local head= value=${(Q)PREFIX}
  if [[ $value == *=* ]]; then _dateline_values "${value%%=*}" "${value#*=}" "${value%%=*}="
  else compadd -S = @FACETS@; fi
}
# Inside a query: names of fields; after speaker: and the like the values.
_dateline_text() {
  local head= value=${(Q)PREFIX} marks
  local -a match mbegin mend offers
  marks=${value//[^\"]/}
  if [[ $value =~ '^(.*[[:space:](-])?(@VALUE_FIELDS@):("([^"]*)|([^"[:space:]]*))$' ]]; then
    head=$match[1]
    _dateline_values "$match[2]" "$match[4]$match[5]" "$match[2]:\"" \"
  elif (( $#marks % 2 == 0 )) && [[ $value =~ '^(.*[[:space:](-])?([a-z]*)$' ]]; then
    head=$match[1]
    for value in @FIELDS@; do
      if [[ $value == $match[2]* ]]; then offers+=("$head$value:"); fi
    done
    compadd -U -i "$IPREFIX" -S '' -a offers
  fi
}
)sh";

// A file of $fpath is the body of the function when it is called first; `source` defines it only.
constexpr std::string_view kZshEnd =
    R"sh(if [ "$funcstack[1]" = "_{0}" ]; then _{0} "$@"; else compdef _{0} {0}; fi
)sh";

}  // namespace

std::string bash_completion(const ProgramInfo& program) {
  const std::string function = function_of(program);
  std::string text = fmt::format("# bash completion of {}, made from its table of options\n{}",
                                 program.name, kBashWords);
  if (has_filter(program)) text += with_names(kBashFields);
  text += function + R"sh(() {
  local word quote option value head
  local -a words offers
  COMPREPLY=()
  _dateline_split "${COMP_LINE:0:COMP_POINT}"
  option=${words[${#words[@]}-1]} value=$word head=
  if [[ $word == --*=* ]]; then option=${word%%=*} value=${word#*=} head=$option=; fi
  case $option in
)sh";
  for (const auto& option : program.options) {
    if (option.kind == OptionKind::flag) continue;
    const std::string letter = option.letter == '\0' ? "" : fmt::format("|-{}", option.letter);
    text += fmt::format("    --{}{}) {} ;;\n", option.name, letter, bash_offer(option.completes));
  }
  text += fmt::format(
      "    *)\n      if [[ $word == -* && $word != *[[:space:]]* && \" ${{words[*]}} \" != *\" -- "
      "\"* ]]; then _dateline_choices \"{}\"\n      else {}; fi ;;\n",
      option_names(program), bash_offer(program.arguments));
  return text + fmt::format("  esac\n  _dateline_offer \"$2\"\n}}\ncomplete -F {} {}\n", function,
                            program.name);
}

std::string zsh_completion(const ProgramInfo& program) {
  std::string text = fmt::format(
      "#compdef {}\n# zsh completion, made from the program's table of options\n", program.name);
  if (has_filter(program)) text += with_names(kZshFields);
  text += fmt::format("_{}() {{\n  _arguments -s -S \\\n", program.name);
  for (const auto& option : program.options) text += zsh_line(option);
  text += fmt::format("  '*: :{}'\n}}\n", zsh_offer(program.arguments));
  return text + fmt::format(kZshEnd, program.name);
}

}  // namespace dateline
