#include "common/manual.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace dateline {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kHelpColumn = 24;

std::string synopsis(const OptionInfo& option) {
  const std::string letter = option.letter == '\0' ? "    " : fmt::format("-{}, ", option.letter);
  return fmt::format("  {}--{}{}{}", letter, option.name, option.argument.empty() ? "" : " ", option.argument);
}

// The help beside the option or, when that is too long for its column, below it; broken at blanks before the last column.
std::string help_lines(const OptionInfo& option) {
  std::string text = synopsis(option);
  std::size_t used = text.size();
  const std::string margin(kHelpColumn, ' ');
  if (used + 1 > kHelpColumn) {
    text += '\n' + margin;
    used = kHelpColumn;
  } else {
    text.append(kHelpColumn - used, ' ');
    used = kHelpColumn;
  }
  for (std::string_view rest = option.help; !rest.empty();) {
    const auto word = rest.substr(0, rest.find(' '));
    if (used > kHelpColumn && used + 1 + word.size() > kColumns) {
      text += '\n' + margin;
      used = kHelpColumn;
    }
    if (used > kHelpColumn) text += ' ', ++used;
    text += word;
    used += word.size();
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return text + '\n';
}

std::vector<std::string_view> groups_of(const ProgramInfo& program) {
  std::vector<std::string_view> groups;
  for (const auto& option : program.options) {
    if (groups.empty() || groups.back() != option.group) groups.push_back(option.group);
  }
  return groups;
}

std::string roff_option(const OptionInfo& option) {
  const std::string letter = option.letter == '\0' ? "" : fmt::format("\\fB\\-{}\\fR, ", option.letter);
  const std::string argument = option.argument.empty() ? "" : fmt::format(" \\fI{}\\fR", escape_roff(option.argument));
  return fmt::format(".TP\n{}\\fB\\-\\-{}\\fR{}\n{}\n", letter, escape_roff(option.name), argument, escape_roff(option.help));
}

std::string roff_paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = text.find("\n\n");
    out += ".PP\n" + escape_roff(text.substr(0, end)) + '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
  }
  return out;
}

std::string roff_options(const ProgramInfo& program) {
  std::string out = ".SH OPTIONS\n";
  for (const auto group : groups_of(program)) {
    out += fmt::format(".SS {}\n", escape_roff(group));
    for (const auto& option : program.options) {
      if (option.group == group) out += roff_option(option);
    }
  }
  return out;
}

std::string roff_settings(const ProgramInfo& program) {
  std::string names;
  for (const auto& option : program.options) {
    if (in_file(option) && option.name != "db") names += fmt::format("{}{}", names.empty() ? "" : ", ", option.name);
  }
  return fmt::format(".SH ENVIRONMENT\n.TP\nDATELINE_DB\nthe database, when \\fB\\-\\-db\\fR does not name it\n.SH FILES\n.TP\n"
                     "$XDG_CONFIG_HOME/dateline/config (else ~/.config/dateline/config)\nlines \\fIdb = PATH\\fR and, below a line \\fI[{}]\\fR, "
                     "\\fINAME = VALUE\\fR of the options {}. Options come before the environment, that before the file.\n",
                     program.section, escape_roff(names));
}

}  // namespace

std::string escape_roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else out += c;
    line_begins = c == '\n';
  }
  return out;
}

std::string short_help(const ProgramInfo& program) {
  std::string text = fmt::format("{}\n", program.usage);
  for (const auto& option : program.options) {
    if (in_help(option)) text += help_lines(option);
  }
  return text;
}

std::string long_help(const ProgramInfo& program) {
  std::string text = fmt::format("{}", program.usage);
  for (const auto group : groups_of(program)) {
    text += fmt::format("\n{}:\n", group);
    for (const auto& option : program.options) {
      if (option.group == group) text += help_lines(option);
    }
  }
  text += "\nExit status:\n";
  for (const auto& status : program.statuses) text += fmt::format("  {:<6} {}\n", status.status, status.meaning);
  return text;
}

std::string manual_page(const ProgramInfo& program, std::string_view version) {
  std::string upper{program.name};
  std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  std::string page = fmt::format(".TH {} 1 \"\" \"dateline {}\" \"Dateline\"\n.SH NAME\n{} \\- {}\n", escape_roff(upper), version, escape_roff(program.name),
                                 escape_roff(program.summary));
  page += fmt::format(".SH SYNOPSIS\n.nf\n{}.fi\n.SH DESCRIPTION\n{}", escape_roff(program.usage), roff_paragraphs(program.description));
  page += roff_options(program) + ".SH EXAMPLES\n";
  for (const auto& example : program.examples) page += fmt::format(".TP\n{}\n{}\n", escape_roff(example.command), escape_roff(example.what));
  page += ".SH EXIT STATUS\n";
  for (const auto& status : program.statuses) page += fmt::format(".TP\n{}\n{}\n", escape_roff(status.status), escape_roff(status.meaning));
  return page + roff_settings(program) + fmt::format(".SH SEE ALSO\n{}\n", escape_roff(program.see_also));
}

}  // namespace dateline
