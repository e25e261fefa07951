// A facet's value as shown -> the node that finds exactly its articles.
//
// `speaker=Anna Lind` is every spelling under which that person is indexed; `place=Paris, FR` the place itself, not what lies in it.
#pragma once

#include <string>

#include "common/partial_date.h"
#include "query/index_reader.h"
#include "query/query_resolver.h"
#include "query/search_request.h"

namespace dateline {

// Throws QueryError when the value is no date for a date facet.
ResolvedNode resolve_filter(const Filter& filter, const IndexReader& index);

// The term of a day, month or year of publication: Y2023, M202303, D20230303.
std::string publication_term(const PartialDate& part);

}  // namespace dateline
