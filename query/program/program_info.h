// What dateline-query can be told, and its manual's words.
#pragma once

#include "common/cli/option_table.h"

namespace dateline {

extern const ProgramInfo kQueryProgram;

}  // namespace dateline
