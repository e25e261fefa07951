// What a program can be told, once: the parser, --help, the manual page and completion are made
// from these rows.
//
// The row {"limit", 'n', "N", number, "Output", "hits shown (default: 10)"} is the option --limit N
// or -n N.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dateline {

enum class OptionKind : std::uint8_t {
  flag,
  text,
  texts,  // may be given several times
  whole,  // a number without a fraction
  decimal,
};

// Where an option is shown and taken from, besides the command line, the manual and --help-all.
enum class OptionPlace : std::uint8_t {
  everywhere,  // --help and the configuration file
  help,        // --help only: an action, or what a file should not decide
  file,        // the configuration file only
  nowhere,
};

struct OptionInfo {
  std::string_view name;
  char letter;                // '\0' for none
  std::string_view argument;  // its name, "" for flags
  OptionKind kind;
  OptionPlace place;
  std::string_view group;      // rows of a group stand together
  std::string_view help;       // one line of --help
  std::string_view completes;  // choices parted by blanks, or FILE, FOLDER, FACET, FILTER
  std::string_view more = "";  // sentences for the manual page, where `help` is not enough

  // Does it take one of the words of `completes`?
  constexpr bool has_choices() const {
    return kind == OptionKind::text && !completes.empty() && completes.front() >= 'a' &&
           completes.front() <= 'z';
  }
};

struct Example {
  std::string_view command;  // runs as it stands
  std::string_view what;
};

struct ExitStatus {
  std::string_view status;
  std::string_view meaning;
};

struct Term {
  std::string_view name;
  std::string_view meaning;
};

struct ManualSection {
  std::string_view title;
  std::string_view text;        // paragraphs parted by empty lines
  std::span<const Term> terms;  // below the text
};

struct ProgramInfo {
  std::string_view name;  // dateline-query
  std::string_view
      arguments;  // what completion offers for them: FILE, or QUERY for words of the query language
  std::string_view section;  // of the configuration file: query
  std::string_view summary;
  std::string_view synopsis;     // lines
  std::string_view usage_note;   // lines below it in --help, "" for none
  std::string_view description;  // paragraphs parted by empty lines
  std::span<const OptionInfo> options;
  std::span<const Example> examples;
  std::span<const ExitStatus> statuses;
  std::string_view see_also;                // manual pages, parted by commas
  std::string_view dash_hint;               // how an argument that begins with - is given
  std::span<const ManualSection> sections;  // of the manual page, between options and examples
};

constexpr bool in_help(const OptionInfo& option) {
  return option.place == OptionPlace::everywhere || option.place == OptionPlace::help;
}
constexpr bool in_file(const OptionInfo& option) {
  return option.place == OptionPlace::everywhere || option.place == OptionPlace::file;
}

}  // namespace dateline
