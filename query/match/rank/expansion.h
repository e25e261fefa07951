// Words asked for with --match any are a topic, not a condition: the first hits say which other
// words belong to it.
//
// "fare protest" ranks an article with "ticket", "commuters" and "march" beside its words above one
// without, when the best hits have them. What matches does not change, only its order. Relevance
// feedback after Rocchio (1971): each hit counts by how well it matches, and what any article would
// have of a word is taken off.
#pragma once

#include "query/match/matcher.h"

namespace dateline {

// Found on Cranfield, CISI and NPL together, on whose mean average precision a step to either side
// (8 or 12 hits, 0.2 or 0.4, 50 or 80 words, 1.1 or 1.3, 1.5 or 3) tells by at most 0.006.
constexpr std::size_t kHitsRead = 10;
constexpr std::size_t kArticlesAHit =
    100;  // of a small archive fewer hits are read: ten of a hundred articles are no topic
constexpr double kHitDecay =
    0.3;  // a hit whose score is so much of the best one's lower counts 1/e of it
constexpr std::size_t kWordsAdded = 60;
constexpr double kWordPower = 1.2;  // strong words gain on weak ones
constexpr double kAddedScore =
    2.0;  // of the hits read by the words added, beside that by the words asked for

// Adds the weights of the words of the first hits to the matches.
void add_words_of_first_hits(Matches& matches, Matcher& matcher, const IndexReader& index);

}  // namespace dateline
