// A program's table -> what people read: --help, --help-all, the manual page (man(7) markup).
#pragma once

#include <string>

#include "common/cli/option_table.h"

namespace dateline {

// A screen of 24 lines and 80 columns, the prompt below it: the usage and the options of every day.
std::string short_help(const ProgramInfo& program);

// All options by group, and the exit statuses.
std::string long_help(const ProgramInfo& program);

// The page of section 1.
std::string manual_page(const ProgramInfo& program, std::string_view version);

// A term of a list and what it means: beside it or, when the term is too long for its column, below
// it; broken before column 80.
std::string help_row(std::string_view term, std::string_view meaning, std::size_t column);

// The head of a page: lines begin at the left margin, words are not broken, so that what is copied
// runs.
std::string roff_head(std::string_view title, int section, std::string_view version,
                      std::string_view name, std::string_view summary);

// A term with what it means, indented below it.
std::string roff_term(std::string_view term, std::string_view meaning);

// Paragraphs parted by empty lines.
std::string roff_paragraphs(std::string_view text);

// Text of a manual page in man(7) markup: no character of it is taken for a request, none becomes
// another when it is shown.
std::string escape_roff(std::string_view text);

}  // namespace dateline
