// Newer articles first, without forgetting how well they match: --recent DAYS.
//
// An article published today gains half of the best score of the query; one DAYS older half of
// that, and so on. A clear match of last year stays before a faint one of yesterday.
#pragma once

#include "common/partial_date.h"
#include "query/match/matcher.h"

namespace dateline {

constexpr double kMostGain =
    0.5;  // of the best score without it: BM25 has no upper limit of its own

// Adds to each weight the gain 0.5^(age / half_life). Articles of the future count as of today.
// `half_life`: days, more than 0.
void add_recency(Matches& matches, Day today, double half_life, const Columns& columns);

}  // namespace dateline
