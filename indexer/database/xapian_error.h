// Xapian's exceptions as errors a person can act on: what the writing side advises for each kind
// (common/store/database_fault.h).
#pragma once

#include <xapian.h>

#include <filesystem>
#include <utility>

#include "common/error.h"

namespace dateline {

// Throws Error naming the database; never returns.
[[noreturn]] void throw_translated(const std::filesystem::path& database,
                                   const Xapian::Error& error);

template <class Work>
auto translating_xapian_errors(const std::filesystem::path& database, Work&& work)
    -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const Xapian::Error& error) {
    throw_translated(database, error);
  }
}

}  // namespace dateline
