// What both programs see to before anything else.
#pragma once

#include <string_view>

namespace dateline {

// - Descriptors 0, 1 and 2 that are closed are taken, so that no file of a database ever becomes
//   "standard error"; they still cannot be read or written.
// - A broken pipe and a file that may not grow (RLIMIT_FSIZE) are errors of write(), not signals.
// - The last net: an exception that nobody can catch ends with a line of words and status 3, not
//   with a core. A crash stays a crash.
//
// False when the descriptors cannot be taken: then nothing may be opened. `program` is a literal.
bool begin_process(std::string_view program) noexcept;

// For the last catch of main: says what the exception at hand says, and gives the status: of a
// reader of the output that has gone 0, of other errors of the output 74, of all else 3. Works
// without memory.
int status_of_caught(std::string_view program) noexcept;

// From now on the work is done and only telling of it is left: the last net ends with 74, "could
// not be told".
void work_is_done() noexcept;

}  // namespace dateline
