// Is what was written what should be read from now on? Asked before a generation is published or a
// backup called done.
#pragma once

#include <xapian.h>

#include <filesystem>

namespace dateline {

// Every document can be read and is part of the content sum committed with them; words have
// positions; every document has its terms, and every value its name. Throws Error, Xapian::Error.
void verify_generation(const std::filesystem::path& folder);

// The same, and that the copy holds what its source holds: documents, terms with their frequencies,
// metadata. Xapian's compaction leaves out without a word a table that it cannot open. Likewise.
void verify_copy(const Xapian::Database& source, const std::filesystem::path& folder);

}  // namespace dateline
