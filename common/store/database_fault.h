// What an exception of Xapian's means for an index: once for both programs, without Xapian's types.
//
// A lock that another program holds, a file that may not be read now, a generation that was taken
// away and a damaged table all arrive as exceptions of few types; only type, message and the
// system's own error together tell them apart. Each program has its own advice for each kind.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace dateline {

enum class FaultKind : std::uint8_t {
  locked,      // another program has it open for writing
  changed,     // it was written faster than it was read
  forbidden,   // this user may not read it
  unreadable,  // want of descriptors or memory, an error of the disk: nothing is said of the bytes
  damaged,     // tables that no Xapian can read
  gone,        // no database is there, and the system gives no other reason
  other
};

struct DatabaseFault {
  FaultKind kind = FaultKind::other;
  std::string message;  // names the database and the system's reason
};

// `type`: Xapian's name of the exception; `system_error`: nullptr or "" when it gives none.
DatabaseFault database_fault(const std::filesystem::path& database, std::string_view type,
                             const std::string& message, const char* system_error);

// `XapianError`: Xapian::Error.
template <class XapianError>
DatabaseFault database_fault(const std::filesystem::path& database, const XapianError& error) {
  return database_fault(database, error.get_type(), error.get_msg(), error.get_error_string());
}

}  // namespace dateline
