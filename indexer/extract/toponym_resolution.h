// Which of its namesakes is meant?
//
// "Paris" in an article of Lamar County, Texas, is the city there. A name means one place in an article, unless its mentions say
// otherwise ("London, Ont."). Each meaning starts with how well known the place is; then the article's other names speak for what
// lies near them, in their region and in their country. Their votes are counted in cells of one degree and per region and country,
// so that the work grows with the number of meanings, not with that of pairs.
#pragma once

#include <vector>

#include "indexer/extract/toponym_mention.h"

namespace dateline {

// Sets `place` of the accepted mentions (kNoPlace where nothing fits). `dateline` may be empty.
void resolve_mentions(const TokenizedText& text, TokenRange dateline, const Gazetteer& gazetteer, std::vector<ToponymMention>& mentions);

}  // namespace dateline
