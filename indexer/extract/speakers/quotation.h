// Where are the quotation marks' contents, and which pieces belong together?
//
// `“End this war,” Blinken told Lavrov. “It is time.”` has two quotations; one that runs over
// paragraphs with reopened marks is one.
#pragma once

#include <vector>

#include "indexer/extract/token.h"

namespace dateline {

// A stretch between an opening and its closing mark, marks included. Nested marks lie inside and
// are not listed.
struct Quotation {
  TokenRange tokens;
  Span span;
  bool closed = true;  // false: ran to the end of its paragraph without a closing mark
  bool continues =
      false;  // carries on the quotation before it, from the paragraph before (reopened marks)
};

// In text order, none overlapping.
std::vector<Quotation> find_quotations(const TokenizedText& text);

}  // namespace dateline
