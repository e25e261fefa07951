// A facet's value as shown -> the node that finds exactly its articles.
//
// `speaker=Anna Lind` is every spelling under which that person is indexed; `place=Paris, FR` the
// place itself, not what lies in it.
#pragma once

#include <optional>

#include "common/partial_date.h"
#include "query/index/index_reader.h"
#include "query/language/query_resolver.h"
#include "query/notice.h"
#include "query/search_request.h"

namespace dateline {

struct FilterMeaning {
  ResolvedNode node;
  std::optional<Notice> notice;  // the value is one that nobody has, with suggestions, or another
                                 // spelling of one; absent when it is as the facet shows it
};

// Throws QueryError when the value of a facet of dates is no date of its unit.
// `guessed_places`: are places counted that no gazetteer has?
FilterMeaning resolve_filter(const Filter& filter, const IndexReader& index, bool guessed_places);

}  // namespace dateline
