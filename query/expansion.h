// Words asked for with --match any are a topic, not a condition: the first hits say which other words belong to it.
//
// "fare protest" ranks an article with "ticket", "commuters" and "march" beside its words above one without, when the ten best hits have
// them. What matches does not change, only its order (relevance feedback: Rocchio 1971; weights: Robertson and Spärck Jones 1976).
#pragma once

#include <xapian.h>

namespace dateline {

// Found on Cranfield, CISI and NPL among 5 to 20 hits, 10 to 40 words and 0.15 to 0.5.
constexpr Xapian::doccount kHitsRead = 10;
constexpr Xapian::doccount kArticlesAHit = 100;  // of a small archive fewer hits are read: ten of a hundred articles are no topic
constexpr Xapian::termcount kWordsAdded = 40;
constexpr double kAddedWeight = 0.3;  // of the best of them beside a word of the query; the others by their own weight

// `enquire` has its query and weighting scheme set. Returns that query with the words added.
Xapian::Query with_words_of_first_hits(Xapian::Enquire& enquire, Xapian::doccount archive);

}  // namespace dateline
