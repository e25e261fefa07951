// Is the index what it should be? The invariants of our own that Xapian's check does not know.
//
// Every document has a path, a file state and a record that parses; the terms and facet slots follow from its record; the dictionaries
// name every ordinal; no path is there twice; and the sum of all documents' content hashes is the one committed with them.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

namespace dateline {

// Hands each finding to `finding`, naming the document's path; returns how many there were. Damage may crash Xapian: call it in a child
// process. Throws Error when the database cannot be read.
std::uint64_t check_invariants(const std::filesystem::path& database, const std::function<void(const std::string&)>& finding);

// Xapian's own check of the tables; its report goes to `report`. Likewise.
std::uint64_t check_tables(const std::filesystem::path& database, std::ostream& report);

// Both, each in a child process. True when nothing was found.
bool check_index(const std::filesystem::path& database, const std::function<void(const std::string&)>& finding);

}  // namespace dateline
