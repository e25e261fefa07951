// A program's table -> what people read: --help, --help-all, the manual page (man(7) markup).
#pragma once

#include <string>

#include "common/option_table.h"

namespace dateline {

// A screen of 24 lines and 80 columns: the usage and the options of every day.
std::string short_help(const ProgramInfo& program);

// All options by group, and the exit statuses.
std::string long_help(const ProgramInfo& program);

// The page of section 1.
std::string manual_page(const ProgramInfo& program, std::string_view version);

// Text of a manual page in man(7) markup: no character of it is taken for a request.
std::string escape_roff(std::string_view text);

}  // namespace dateline
