// Which places does the article name, and which of their namesakes are meant?
//
// "Paris, Texas" is the city in Lamar County, and so is every later "Paris" of that article.
#pragma once

#include <string>
#include <vector>

#include "common/record.h"
#include "indexer/extract/names/name.h"
#include "indexer/extract/places/gazetteer.h"
#include "indexer/extract/trace.h"

namespace dateline {

struct Toponyms {
  std::vector<Place> places;       // as Record::places
  std::vector<std::string> focus;  // as Record::focus
};

// `trace` is told of every mention; nullptr for none.
Toponyms find_toponyms(const TokenizedText& text, const std::vector<NameMention>& names,
                       const Gazetteer& gazetteer, Trace* trace = nullptr);

}  // namespace dateline
