#include "query/match/rank/recency.h"

#include <algorithm>
#include <cmath>

#include "common/store/packed_day.h"

namespace dateline {

void add_recency(Matches& matches, Day today, double half_life, const Columns& columns) {
  if (matches.weights.empty()) return;
  const double most = kMostGain * *std::ranges::max_element(matches.weights);
  const auto& days = columns.days();
  for (std::size_t i = 0; i < matches.weights.size(); ++i) {
    const auto age =
        std::max<std::int64_t>(0, (today - numbered_day(days[matches.documents[i]])).count());
    matches.weights[i] += most * std::exp2(-static_cast<double>(age) / half_life);
  }
}

}  // namespace dateline
