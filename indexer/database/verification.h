// Is what was written what should be read from now on? Asked before a generation is published or a
// backup called done.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <string>

namespace dateline {

// Every document can be read and is part of the content sum committed with them; words have
// positions; every document has its terms, and every value its name. Throws Error, Xapian::Error.
void verify_generation(const std::filesystem::path& folder);

// Do Xapian's own checks find the tables of a generation in order? Asked of a rebuild that another
// run began: much may have happened to it since. In a child, for damage may crash or never end.
bool has_sound_tables(const std::filesystem::path& database, const std::string& generation);

// As verify_generation(), and that the copy holds what its source holds: documents, terms with
// their frequencies, metadata. Xapian's compaction leaves out without a word a table that it cannot
// open. Likewise.
void verify_copy(const Xapian::Database& source, const std::filesystem::path& folder);

}  // namespace dateline
