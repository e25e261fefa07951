#include "indexer/xapian_error.h"

#include <fmt/format.h>

#include <string_view>

namespace dateline {

void throw_translated(const std::filesystem::path& database, const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  std::string message = fmt::format("{}: {}", database.string(), error.get_msg());
  const std::string_view why = error.get_error_string() == nullptr ? "" : error.get_error_string();
  if (!why.empty()) message += fmt::format(" ({})", why);
  if (type == "DatabaseLockError") throw Error(message, "another program has the database open for writing");
  if (is_hindrance(why)) throw UnreadableError(message);
  if (type == "DatabaseCorruptError" || type == "DatabaseVersionError") throw Error(message, "rebuild the index with --rebuild");
  if (type == "DatabaseOpeningError" || type == "DatabaseNotFoundError") throw Error(message, "name the database with --db");
  throw Error(message);
}

}  // namespace dateline
