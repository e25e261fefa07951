// What does the article's own dateline say of where it was written?
//
// "GENEVA, March 3 (Reuters) - ...", "PARIS, Texas (AP) — ...", "Basle, March 3 - ...": the words
// before the dash.
#pragma once

#include "indexer/extract/places/place_word.h"
#include "indexer/extract/token.h"

namespace dateline {

// The words of the dateline, agency and date included, dash excluded; empty when there is none. It
// opens one of the first three paragraphs (a title and a caption may come first).
TokenRange find_dateline(const TokenizedText& text, const PlaceWords& words);

}  // namespace dateline
