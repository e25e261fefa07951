#include "common/store/database_fault.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "common/error.h"

namespace dateline {
namespace {

FaultKind kind_of(std::string_view type, std::string_view message, std::string_view why) {
  // Xapian throws DatabaseLockError also for want of descriptors, and where a file system has no
  // locks.
  if (type == "DatabaseLockError" && message.ends_with("already locked")) return FaultKind::locked;
  if (type == "DatabaseModifiedError") return FaultKind::changed;
  if (why == std::strerror(EACCES) || why == std::strerror(EPERM)) return FaultKind::forbidden;
  if (is_hindrance(why)) return FaultKind::unreadable;
  if (type == "DatabaseCorruptError" || type == "DatabaseVersionError") return FaultKind::damaged;
  // A full disk is no damage either.
  const bool no_other_reason = why.empty() || why == std::strerror(ENOENT);
  const bool missing = type == "DatabaseOpeningError" || type == "DatabaseNotFoundError";
  return missing && no_other_reason ? FaultKind::gone : FaultKind::other;
}

}  // namespace

DatabaseFault database_fault(const std::filesystem::path& database, std::string_view type,
                             const std::string& message, const char* system_error) {
  const std::string_view why = system_error == nullptr ? "" : system_error;
  DatabaseFault fault{.kind = kind_of(type, message, why),
                      .message = fmt::format("{}: {}", database.string(), message)};
  if (!why.empty()) fault.message += fmt::format(" ({})", why);
  return fault;
}

}  // namespace dateline
