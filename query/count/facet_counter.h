// How many of the matching articles have each value of a facet?
//
// Counts are exact: every match is counted, over the columns that hold each article's values as
// small numbers (columns.h).
#pragma once

#include <cstdint>
#include <vector>

#include "query/hits/result_set.h"
#include "query/index/columns.h"
#include "query/index/index_reader.h"
#include "query/search_request.h"

namespace dateline {

// Articles that have a value. Merged names count under the one they are merged into.
struct OrdinalCount {
  Ordinal ordinal = 0;
  std::uint32_t count = 0;
};

// Articles of a day of publication that has any.
struct DayCount {
  std::uint32_t day = 0;  // packed_day_number()
  std::uint32_t count = 0;
};

// Values with at least one article, in no order. REQUIRES: a facet that has ordinals.
std::vector<OrdinalCount> count_ordinals(Facet facet, const Documents& documents, Columns& columns);

// In calendar order.
std::vector<DayCount> count_days(const Documents& documents, const Columns& columns);

// The values to show, as the request has them chosen and sorted. Throws Error when a document's
// values cannot be read (damage).
FacetResult count_facet(const FacetRequest& facet, const SearchRequest& request,
                        const Documents& documents, Columns& columns, const IndexReader& index);

}  // namespace dateline
