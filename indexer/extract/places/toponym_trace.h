// Why is this a place, and why this one?
//
// Tells a Trace of each mention: what spoke for and against a place, and the places its name may
// mean with what spoke for each.
#pragma once

#include <vector>

#include "indexer/extract/places/toponym_mention.h"
#include "indexer/extract/places/toponym_resolution.h"
#include "indexer/extract/trace.h"

namespace dateline {

// The mentions are judged and resolved; `names` is what resolve_mentions() gave back.
void trace_toponyms(const TokenizedText& text, const Gazetteer& gazetteer,
                    const std::vector<ToponymMention>& mentions,
                    const std::vector<NameMeanings>& names, Trace& trace);

}  // namespace dateline
