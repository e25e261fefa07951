// Is the index what it should be? The invariants of our own that Xapian's check does not know.
//
// Every document has a path, a file state and a record that parses; the terms and facet slots
// follow from its record; the dictionaries name every ordinal; no path is there twice; and the sum
// of all documents' content hashes is the one committed with them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

namespace dateline {

// Hands each finding to `finding`, naming the document's path; returns how many there were. Damage
// may crash Xapian: call it in a child process. Throws Error when the database cannot be read.
std::uint64_t check_invariants(const std::filesystem::path& database,
                               const std::function<void(const std::string&)>& finding);

// Xapian's own check of the tables; its report goes to `report`. Likewise.
std::uint64_t check_tables(const std::filesystem::path& database, std::ostream& report);

enum class CheckResult : std::uint8_t { sound, damaged, unchecked };

// Both, each in a child process. What was found while another revision was committed is no finding:
// it is looked at again. Nothing is written, so that one who may only read the index can check it;
// `unchecked` when it may not be read or is written all the time, and `finding` is told why. Throws
// Error when there is no index.
CheckResult check_index(const std::filesystem::path& database,
                        const std::function<void(const std::string&)>& finding);

}  // namespace dateline
