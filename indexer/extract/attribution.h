// Who said it? Quotations and reported speech -> quotes with their speakers.
//
// `“Mutual compliance is in our interest,” Blinken said.`: the cue "said" beside the quotation has the subject "Blinken", whose
// entity is "Antony Blinken".
#pragma once

#include <vector>

#include "common/record.h"
#include "indexer/extract/coreference.h"
#include "indexer/extract/quotation.h"

namespace dateline {

struct Attribution {
  std::vector<Quote> quotes;        // in text order
  std::vector<Speaker> speakers;    // as Record::speakers
};

Attribution attribute(const TokenizedText& text, const std::vector<Quotation>& quotations, const std::vector<NameMention>& names,
                      const Entities& entities, const Lexicon& lexicon);

}  // namespace dateline
