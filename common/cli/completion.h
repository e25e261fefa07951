// A program's table -> what the shell offers after Tab: options, their choices, files; for --filter
// the values of the default database.
#pragma once

#include <string>

#include "common/cli/option_table.h"

namespace dateline {

std::string bash_completion(const ProgramInfo& program);
std::string zsh_completion(const ProgramInfo& program);

}  // namespace dateline
