// Which countries is the article about?
//
// "Washington ... Russian ... Moscow ... the Kremlin ... New Delhi": RU and US, then IN. Places,
// adjectives and inhabitants count for their country, more in the title and at the beginning;
// countries far behind the first are left out.
#pragma once

#include <string>
#include <vector>

#include "indexer/extract/places/toponym_mention.h"

namespace dateline {

// ISO codes, most important first. The mentions are resolved.
std::vector<std::string> find_focus(const TokenizedText& text, TokenRange dateline,
                                    const Gazetteer& gazetteer,
                                    const std::vector<ToponymMention>& mentions);

}  // namespace dateline
