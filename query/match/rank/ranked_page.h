// Which of the matches stand on a page of hits, and in which order?
//
// By weight, or by date of publication; among equals the newer first (the older, for oldest first),
// then by path, so that pages put together are the whole list. Paths are read only of those
// documents that nothing else tells apart and that reach into the page.
#pragma once

#include <cstdint>
#include <vector>

#include "query/match/matcher.h"
#include "query/search_request.h"

namespace dateline {

struct RankedDocument {
  Xapian::docid id = 0;
  double weight = 0;         // 0 when sorted by date
  std::uint64_t copies = 0;  // documents folded under it (collapse.h)
  std::uint32_t day = 0;     // of publication, as packed_day_number()
};

// The matches of rank `first` (from 0) and those behind it, `most` at most.
std::vector<RankedDocument> find_ranked_page(const Matches& matches, SortOrder order,
                                             std::size_t first, std::size_t most,
                                             const Columns& columns, const IndexReader& index);

}  // namespace dateline
