// What dateline-query does once it knows what is asked: the actions behind main.
#pragma once

#include "query/options.h"

namespace dateline {

// Prints to stdout and stderr; returns the exit status (DESIGN, section 6). Throws Error, QueryError, UsageError, DatabaseError.
int run_query_program(const QueryOptions& options);

// The query with a caret under the position, for messages.
std::string with_caret(const std::string& query, std::size_t position);

}  // namespace dateline
