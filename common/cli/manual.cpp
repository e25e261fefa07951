#include "common/cli/manual.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace dateline {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kStatusColumn = 9;
constexpr std::size_t kHelpColumn = 24;

std::string synopsis(const OptionInfo& option) {
  const std::string letter = option.letter == '\0' ? "    " : fmt::format("-{}, ", option.letter);
  return fmt::format("  {}--{}{}{}", letter, option.name, option.argument.empty() ? "" : " ",
                     option.argument);
}

std::string help_lines(const OptionInfo& option) {
  return help_row(synopsis(option), option.help, kHelpColumn);
}

// "usage: " before the first line, as many blanks before the others.
std::string usage(const ProgramInfo& program) {
  std::string text = "usage: ";
  for (const char c : program.synopsis) text += c == '\n' ? "\n       " : std::string(1, c);
  return fmt::format("{}\n{}", text, program.usage_note);
}

std::vector<std::string_view> groups_of(const ProgramInfo& program) {
  std::vector<std::string_view> groups;
  for (const auto& option : program.options) {
    if (groups.empty() || groups.back() != option.group) groups.push_back(option.group);
  }
  return groups;
}

std::string roff_option(const OptionInfo& option) {
  const std::string letter =
      option.letter == '\0' ? "" : fmt::format("\\fB\\-{}\\fR, ", option.letter);
  const std::string argument =
      option.argument.empty() ? "" : fmt::format(" \\fI{}\\fR", escape_roff(option.argument));
  const std::string more =
      option.more.empty() ? "" : fmt::format(".br\n{}\n", escape_roff(option.more));
  return fmt::format(".TP\n{}\\fB\\-\\-{}\\fR{}\n{}\n{}", letter, escape_roff(option.name),
                     argument, escape_roff(option.help), more);
}

// The command stands on a line of its own, never filled: what is copied from the page runs.
std::string roff_example(const Example& example) {
  return fmt::format(".PP\n{}:\n.PP\n.RS 2\n.nf\n{}\n.fi\n.RE\n", escape_roff(example.what),
                     escape_roff(example.command));
}

std::string roff_section(const ManualSection& section) {
  std::string out =
      fmt::format(".SH {}\n{}", escape_roff(section.title), roff_paragraphs(section.text));
  for (const auto& term : section.terms) out += roff_term(term.name, term.meaning);
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
    if (in_file(option) && option.name != "db")
      names += fmt::format("{}{}", names.empty() ? "" : ", ", option.name);
  }
  const bool colours =
      std::ranges::find(program.options, "color", &OptionInfo::name) != program.options.end();
  const std::string colour = colours ? roff_term("NO_COLOR", "when set, no colours") : "";
  return fmt::format(
      ".SH ENVIRONMENT\n.TP\nDATELINE_DB\nthe database, when \\fB\\-\\-db\\fR does not name "
      "it\n{}.SH FILES\n.TP\n"
      "$XDG_CONFIG_HOME/dateline/config (else \\(ti/.config/dateline/config)\nlines \\fIdb = "
      "PATH\\fR and, below a line \\fI[{}]\\fR, "
      "\\fINAME = VALUE\\fR of the options {}. A path may begin with \\(ti/, a value stand in "
      "quotation marks. Options come before the "
      "environment, that before the file; what the file says is passed over where it is of no "
      "use.\n",
      colour, program.section, escape_roff(names));
}

}  // namespace

std::string help_row(std::string_view term, std::string_view meaning, std::size_t column) {
  const std::string margin = '\n' + std::string(column, ' ');
  std::string text = fmt::format("{:<{}}", term, column);
  if (term.size() + 1 > column) text = std::string(term) + margin;
  std::size_t used = column;
  for (std::string_view rest = meaning; !rest.empty();) {
    const auto word = rest.substr(0, rest.find(' '));
    if (used > column && used + 1 + word.size() > kColumns) {
      text += margin;
      used = column;
    }
    if (used > column) text += ' ', ++used;
    text += word;
    used += word.size();
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return text + '\n';
}

std::string roff_head(std::string_view title, int section, std::string_view version,
                      std::string_view name, std::string_view summary) {
  return fmt::format(
      ".TH {} {} \"\" \"dateline {}\" \"Dateline\"\n.nh\n.ad l\n.SH NAME\n{} \\- {}\n",
      escape_roff(title), section, version, escape_roff(name), escape_roff(summary));
}

std::string roff_term(std::string_view term, std::string_view meaning) {
  return fmt::format(".TP\n{}\n{}\n", escape_roff(term), escape_roff(meaning));
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

std::string escape_roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && c == '.') out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '\'')
      out += "\\(aq";  // else shown as a curly one, which no shell takes
    else if (c == '`')
      out += "\\(ga";
    else if (c == '~')
      out += "\\(ti";
    else if (c == '^')
      out += "\\(ha";
    else
      out += c;
    line_begins = c == '\n';
  }
  return out;
}

std::string short_help(const ProgramInfo& program) {
  std::string text = usage(program) + '\n';
  for (const auto& option : program.options) {
    if (in_help(option)) text += help_lines(option);
  }
  return text;
}

std::string long_help(const ProgramInfo& program) {
  std::string text = usage(program);
  for (const auto group : groups_of(program)) {
    text += fmt::format("\n{}:\n", group);
    for (const auto& option : program.options) {
      if (option.group == group) text += help_lines(option);
    }
  }
  text += "\nExit status:\n";
  for (const auto& status : program.statuses) {
    text += help_row(fmt::format("  {}", status.status), status.meaning, kStatusColumn);
  }
  return text;
}

std::string manual_page(const ProgramInfo& program, std::string_view version) {
  std::string upper{program.name};
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  std::string page = roff_head(upper, 1, version, program.name, program.summary);
  page += fmt::format(".SH SYNOPSIS\n.nf\n{}\n.fi\n.SH DESCRIPTION\n{}",
                      escape_roff(program.synopsis), roff_paragraphs(program.description));
  page += roff_options(program);
  for (const auto& section : program.sections) page += roff_section(section);
  page += ".SH EXAMPLES\n";
  for (const auto& example : program.examples) page += roff_example(example);
  page += ".SH EXIT STATUS\n";
  for (const auto& status : program.statuses) page += roff_term(status.status, status.meaning);
  return page + roff_settings(program) +
         fmt::format(".SH SEE ALSO\n{}\n", escape_roff(program.see_also));
}

}  // namespace dateline
