// What dateline-query does once it knows what is asked: the actions behind main.
#pragma once

#include "query/language/query_error.h"
#include "query/program/options.h"

namespace dateline {

// Prints to stdout and stderr; returns the exit status (README.md). Throws Error,
// QueryError, UsageError, DatabaseError.
int run_query_program(const QueryOptions& options);

// Says on stderr why a query was not understood, with a caret where it went wrong; `where` is "" or
// ends in ": ", a line of a file.
void report_query_error(const QueryError& error, const std::string& query,
                        const std::string& where);

// The query with a caret under the position, two lines of at most 80 columns: of a long query what
// stands around the position.
std::string with_caret(const std::string& query, std::size_t position);

}  // namespace dateline
