// What dateline-index does once it knows what is asked: the actions behind main.
#pragma once

#include "indexer/program/options.h"

namespace dateline {

// Prints to stdout and stderr; returns the exit status (README.md). Throws Error,
// UsageError, LockedError.
int run_index_program(const IndexOptions& options);

}  // namespace dateline
