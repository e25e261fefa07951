// Can the index be read at all? A child looks first, so that damaged tables end it and not the run.
//
// Xapian follows what a table says of itself wherever that leads: into a crash, or into no end. A
// run reads the index's tables in its own process; before it does, a child opens them. When no
// child can be started, nothing is checked and no error is thrown.
#pragma once

#include <filesystem>
#include <string>

#include "common/partial_date.h"

namespace dateline {

// Looks at what quick_check() looks at, some milliseconds whatever the size. Throws Error (hint:
// --check, --rebuild) when there is damage. REQUIRES: this process has no other thread.
void require_no_damage(const std::filesystem::path& database, Day today);

// A child reads all that the index knows of the archive's files. Returns what ended it, a signal or
// a limit; "" when it finished. Takes as long as reading does. REQUIRES: as above.
std::string end_of_reading_state(const std::filesystem::path& database);

}  // namespace dateline
