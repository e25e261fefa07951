// Which runs of words name somebody or some body?
//
// "US Secretary of State Antony Blinken told the State Department" holds the person "Antony
// Blinken" (title before it: "US Secretary of State") and the organisation "State Department".
// Names of places are found by toponym.h, which leaves out what lies inside names of persons and
// organisations found here.
#pragma once

#include <vector>

#include "indexer/extract/lexicon.h"
#include "indexer/extract/places/gazetteer.h"
#include "indexer/extract/token.h"

namespace dateline {

enum class NameType : std::uint8_t { person, organisation, unknown };

struct NameMention {
  TokenRange tokens;  // the name without titles, articles and possessives
  TokenRange title;   // title tokens before the name, empty when there are none
  NameType type = NameType::unknown;
};

// Mentions in text order, none overlapping.
std::vector<NameMention> find_names(const TokenizedText& text, const Gazetteer& gazetteer);

}  // namespace dateline
