// Resolved tree -> Xapian query. Last stage of the query language.
//
// Words weigh by BM25, more in titles; everything else filters.
#pragma once

#include <xapian.h>

#include "query/query_resolver.h"
#include "query/search_request.h"

namespace dateline {

Xapian::Query build_query(const ResolvedNode& root, MatchMode match);

}  // namespace dateline
