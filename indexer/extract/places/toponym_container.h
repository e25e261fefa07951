// Which mention says where another lies?
//
// Of "Gary, Ind.", "Paris in Texas", "India's Punjab", "the Spanish city of Valencia" and
// "Valencia, a Spanish port" the one word is a place within the other.
#pragma once

#include <vector>

#include "indexer/extract/places/toponym_mention.h"

namespace dateline {

// Sets `container` of those mentions, and `said_kind` where a noun beside one calls it so: "the
// state of Georgia".
void find_containers(const TokenizedText& text, const Gazetteer& gazetteer,
                     std::vector<ToponymMention>& mentions);

// Does one of the mention's meanings hold the place, whichever that is? Of an adjective: its
// country.
bool holds(const ToponymMention& container, PlaceIndex inner, const Gazetteer& gazetteer);

}  // namespace dateline
