// Folds near copies in a ranked list: of a wire story that ten papers printed the best-ranked one
// stays and says that nine were like it.
#pragma once

#include <xapian.h>

#include <vector>

#include "query/match/rank/ranked_page.h"

namespace dateline {

// `ranked` without the documents that are near copies of one before them
// (common/text/near_duplicate.h). Reads one slot of each.
std::vector<RankedDocument> without_near_copies(const IndexReader& index,
                                                const std::vector<RankedDocument>& ranked);

}  // namespace dateline
