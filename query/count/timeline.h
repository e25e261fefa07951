// How many of the hits were published in each week? A histogram over the days of publication, empty
// rows kept.
//
// Hits of 2023-01-30 and 2023-04-02 by month: 2023-01 1, 2023-02 0, 2023-03 0, 2023-04 1.
#pragma once

#include <vector>

#include "query/count/facet_counter.h"
#include "query/hits/result_set.h"

namespace dateline {

constexpr std::size_t kMostTimelineRows = 100'000;  // 273 years of days

// From the first to the last unit that has a hit. Throws QueryError when that is more than
// kMostTimelineRows. REQUIRES: `unit` is day, week, month or year.
Timeline make_timeline(DateUnit unit, const std::vector<DayCount>& days);

}  // namespace dateline
