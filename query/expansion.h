// Words asked for with --match any are a topic, not a condition: the first hits say which other words belong to it.
//
// "fare protest" ranks an article with "ticket", "commuters" and "march" beside its words above one without, when the ten best hits have
// them. What matches does not change, only its order (relevance feedback: Rocchio 1971; weights: Robertson and Spärck Jones 1976).
#pragma once

#include <xapian.h>

#include "query/matcher.h"

namespace dateline {

// Found on Cranfield, CISI and NPL among 5 to 20 hits, 10 to 40 words and 0.15 to 0.5.
constexpr std::size_t kHitsRead = 10;
constexpr std::size_t kArticlesAHit = 100;  // of a small archive fewer hits are read: ten of a hundred articles are no topic
constexpr Xapian::termcount kWordsAdded = 40;
constexpr double kAddedWeight = 0.3;  // of the best of them beside a word of the query; the others by their own weight

// Adds the weights of the words of the first hits to the matches of `root`.
void add_words_of_first_hits(Matches& matches, const ResolvedNode& root, Matcher& matcher, const IndexReader& index);

}  // namespace dateline
