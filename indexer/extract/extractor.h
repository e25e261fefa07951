// Text in, Record out: the rules of this folder in their order.
#pragma once

#include <filesystem>
#include <string>

#include "common/article.h"
#include "common/record.h"
#include "indexer/extract/dates/holiday.h"
#include "indexer/extract/lexicon.h"
#include "indexer/extract/places/gazetteer.h"
#include "indexer/extract/trace.h"

namespace dateline {

// Immutable once loaded; extract() may run on any number of threads at once.
class Extractor {
 public:
  // Reads the data folder, the only file access of this library. Throws Error naming file and line.
  static Extractor load(const std::filesystem::path& data);

  // A pure function of the article and the data: same input, same record.
  // `trace` is told why, by the rules that can say so; nullptr for none.
  Record extract(const Article& article, Trace* trace = nullptr) const;

  // Changes when a file of the data folder that extraction reads changes.
  const std::string& fingerprint() const { return fingerprint_; }

  // What countries are called, for the index to keep.
  const std::vector<CountryName>& country_names() const { return gazetteer_.country_names(); }

 private:
  Extractor(Lexicon lexicon, Gazetteer gazetteer, Holidays holidays, std::string fingerprint);

  Lexicon lexicon_;
  Gazetteer gazetteer_;
  Holidays holidays_;
  std::string fingerprint_;
};

}  // namespace dateline
