#include "indexer/database/xapian_error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace dateline {

void throw_translated(const std::filesystem::path& database, const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  std::string message = fmt::format("{}: {}", database.string(), error.get_msg());
  const std::string_view why = error.get_error_string() == nullptr ? "" : error.get_error_string();
  if (!why.empty()) message += fmt::format(" ({})", why);
  // Also for want of descriptors, and where a file system has no locks.
  if (type == "DatabaseLockError" && error.get_msg().ends_with("already locked")) {
    throw Error(message, "another program has the database open for writing");
  }
  if (is_hindrance(why)) throw UnreadableError(message);
  if (type == "DatabaseCorruptError" || type == "DatabaseVersionError")
    throw Error(message, "rebuild the index with --rebuild");
  // A full disk is no damage either.
  const bool gone = why.empty() || why == std::strerror(ENOENT);
  if (gone && (type == "DatabaseOpeningError" || type == "DatabaseNotFoundError"))
    throw Error(message,
                "look for damage with --check, rebuild with --rebuild or restore a backup");
  throw Error(message);
}

}  // namespace dateline
