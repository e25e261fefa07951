// Speech attributed by layout instead of a cue: transcripts, signed quotations, headlines.
//
// `LIND: We met twice.` in an interview; `“It took years.” — Anna Lind` under a picture; `Lind:
// 'Talks are over'` as a headline.
#pragma once

#include <optional>

#include "indexer/extract/speakers/discourse.h"

namespace dateline {

struct Label {
  std::uint32_t mention = kNone;  // the name before the colon
  TokenRange content;             // to the end of the paragraph
  std::uint32_t next_unit = 0;    // the first one after it
};

// The label that opens the paragraph which `unit` begins.
std::optional<Label> label_of(const Discourse& d, std::uint32_t unit);

// The name after the dash behind a quotation.
std::optional<std::uint32_t> signer_of(const Discourse& d, const Quotation& quotation);

}  // namespace dateline
