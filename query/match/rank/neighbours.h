// Articles alike are about one topic: each of the first hits takes a part of its score from those
// it is most like.
//
// A report of a fare protest that says neither "fare" nor "protest" twice rises among five that do
// and share its other words; one that has the words by chance sinks. (The cluster hypothesis: van
// Rijsbergen 1979; scores smoothed over neighbours: Diaz 2005.)
#pragma once

#include "query/match/matcher.h"

namespace dateline {

// Found on Cranfield, CISI and NPL: of 200 hits 12 to 20 neighbours at 0.35 to 0.45 are as good, of
// 100 hits it gains half as much. Most of its cost, some 9 ms of CPU for each query, is reading
// the term lists of 200 articles of 430 words.
constexpr std::size_t kHitsCompared =
    200;  // whatever the page, which the order of hits must not depend on
constexpr std::size_t kArticlesPerComparedHit =
    5;  // of a small archive fewer: only a part of it can be a topic
constexpr std::size_t kNeighbours = 15;
constexpr double kNeighbourShare = 0.4;  // of the score

// Changes the weights of the first hits only, and none below that of the last of them. REQUIRES:
// the matches are weighed by words.
void smooth_by_neighbours(Matches& matches, const Matcher& matcher, const IndexReader& index);

}  // namespace dateline
