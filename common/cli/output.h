// What the programs print: standard output.
//
// An error is never lost, also one that shows only when the last bytes are written. Only the
// programs call this, libraries do not print.
#pragma once

#include <string_view>

namespace dateline {

// Into a buffer, and on when that is full or standard output is a terminal. Throws OutputError when
// standard output takes no more, now or before.
void print(std::string_view text);

// The same for lines that are worth less than the work they speak of (-v): finish_output() says
// what went wrong.
void print_later(std::string_view text) noexcept;

// Writes what is in the buffer. Throws OutputError.
void flush_output();

// Once, at the end: writes what is in the buffer and closes standard output, for some file systems
// say only then that a disk is full. Gives the exit status: `status`, or 74 with a message when it
// was 0 or 1 and something printed was lost, now or before. A reader that has seen enough loses
// nothing; nothing to print is no error, whatever standard output is.
int finish_output(std::string_view program, int status) noexcept;

}  // namespace dateline
