// What the programs tell people: standard error.
//
// A message is never worth the work it speaks of. A standard error that is full, closed or broken
// is passed over: nothing here throws, aborts or changes an exit status. Only the programs call
// this, libraries do not print.
#pragma once

#include <string_view>

namespace dateline {

// Writes the text as it is, line ends included.
void say(std::string_view text) noexcept;

// Says "PROGRAM: MESSAGE" and, when there is one, "hint: HINT", made harmless for a terminal; gives
// the status back. Works without memory.
int complain(std::string_view program, std::string_view message, std::string_view hint,
             int status) noexcept;

}  // namespace dateline
