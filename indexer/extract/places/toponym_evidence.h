// Is it a place at all?
//
// "Jackson, 42, of Reading, Pa., likes reading in Nice": the words around each mention and the
// other mentions of the same name in the article speak for or against a place. Sets `evidence`,
// `accepted` and `container` of each mention.
#pragma once

#include <vector>

#include "indexer/extract/places/toponym_mention.h"

namespace dateline {

void judge_mentions(const TokenizedText& text, const std::vector<NameMention>& names,
                    TokenRange dateline, const Gazetteer& gazetteer,
                    std::vector<ToponymMention>& mentions);

}  // namespace dateline
