#include "indexer/database/xapian_error.h"

#include "common/store/database_fault.h"

namespace dateline {

void throw_translated(const std::filesystem::path& database, const Xapian::Error& error) {
  const DatabaseFault fault = database_fault(database, error);
  switch (fault.kind) {
    case FaultKind::locked:
      throw Error(fault.message, "another program has the database open for writing");
    case FaultKind::forbidden:
    case FaultKind::unreadable:
      throw UnreadableError(fault.message);
    case FaultKind::damaged:
      throw Error(fault.message, Remedy{RemedyKind::rebuild});
    case FaultKind::gone:
      throw Error(fault.message, Remedy{RemedyKind::check_rebuild_or_restore});
    default:
      throw Error(fault.message);
  }
}

}  // namespace dateline
