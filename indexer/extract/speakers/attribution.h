// Who said it? Quotations and reported speech -> quotes with their speakers.
//
// `“Mutual compliance is in our interest,” Blinken said.`: the cue "said" beside the quotation has
// the subject "Blinken", whose entity is "Antony Blinken".
#pragma once

#include <vector>

#include "common/record.h"
#include "indexer/extract/speakers/coreference.h"
#include "indexer/extract/speakers/quotation.h"
#include "indexer/extract/trace.h"

namespace dateline {

struct Attribution {
  std::vector<Quote> quotes;      // in text order
  std::vector<Speaker> speakers;  // as Record::speakers
};

// `trace` is told of each quotation by which rule, cue and antecedent it got its speaker; nullptr
// for none.
Attribution attribute(const TokenizedText& text, const std::vector<Quotation>& quotations,
                      const std::vector<NameMention>& names, const Entities& entities,
                      const Lexicon& lexicon, Trace* trace = nullptr);

}  // namespace dateline
