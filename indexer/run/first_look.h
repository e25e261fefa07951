// Can the index be read at all? A child looks first, so that damaged tables end it and not the run.
//
// Xapian follows what a table says of itself wherever that leads: into a crash, or into no end. A
// run reads the index's tables in its own process; before it does, a child opens them. Where no
// child can be had nothing is said.
#pragma once

#include <filesystem>
#include <string>

#include "common/partial_date.h"

namespace dateline {

// Looks at what quick_check() looks at, some milliseconds whatever the size. Throws Error (hint:
// --check, --rebuild) when there is damage. REQUIRES: this process has no other thread.
void require_no_damage(const std::filesystem::path& database, Day today);

// Of a child that read all of what the index knows of the archive's files: how it was ended, ""
// when it was not. Takes as long as reading it. REQUIRES: as above.
std::string end_of_reading_state(const std::filesystem::path& database);

}  // namespace dateline
