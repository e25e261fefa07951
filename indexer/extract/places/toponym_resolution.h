// Which of its namesakes is meant?
//
// "Paris" in an article of Lamar County, Texas, is the city there. A name means one place in an
// article, unless its mentions say otherwise ("London, Ont."). Each meaning starts with how well
// known the place is; then the article's other names speak for what lies near them, in their region
// and in their country; so do words of a country's news ("crore") and its
// adjectives, and what stands beside a name in a list. Votes are counted in cells of one degree and
// per region and country, so that the work grows with the number of meanings, not with that of
// pairs.
#pragma once

#include <vector>

#include "indexer/extract/places/toponym_mention.h"

namespace dateline {

// One of the places that a name may mean in an article.
struct Meaning {
  PlaceIndex place = kNoPlace;
  double prior = 0;    // how well known it is; sums to 1 over a name
  double near = 0;     // what the article's other names add: those that may lie near it,
  double region = 0;   // in its region,
  double country = 0;  // in its country
  double share = 0;    // belief after that, sums to 1
};

struct NameMeanings {
  std::uint64_t name = 0;  // ToponymMention::name
  std::vector<Meaning> meanings;
};

// Sets `place` of the accepted mentions (kNoPlace where nothing fits). `dateline` may be empty. The
// meanings of each name of the gazetteer among the accepted mentions come back, in order of first
// mention.
std::vector<NameMeanings> resolve_mentions(const TokenizedText& text, TokenRange dateline,
                                           const Gazetteer& gazetteer,
                                           std::vector<ToponymMention>& mentions);

}  // namespace dateline
