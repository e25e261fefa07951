// Which places does the article name, and which of their namesakes are meant?
//
// "Paris, Texas" is the city in Lamar County, and so is every later "Paris" of that article.
#pragma once

#include <string>
#include <vector>

#include "common/record.h"
#include "indexer/extract/gazetteer.h"
#include "indexer/extract/name.h"

namespace dateline {

struct Toponyms {
  std::vector<Place> places;       // as Record::places
  std::vector<std::string> focus;  // as Record::focus
};

Toponyms find_toponyms(const TokenizedText& text, const std::vector<NameMention>& names, const Lexicon& lexicon, const Gazetteer& gazetteer);

}  // namespace dateline
