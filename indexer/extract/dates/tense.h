// Does the clause speak of what was or of what will be? "The council will meet on Thursday":
// future.
#pragma once

#include <cstdint>

#include "indexer/extract/token.h"

namespace dateline {

enum class Tense : std::uint8_t {
  unknown,
  leaning_past,  // only a verb of saying, or a form that may be a participle: "said the hearing on
                 // Feb. 10", "a dividend raised"
  past,
  future,  // will, is due to, plans to; also the present of timetables: "takes office"
};

// The tense of the verb that governs the tokens: the nearest one before them in their sentence,
// else the nearest after.
Tense tense_at(const TokenizedText& text, TokenRange tokens);

}  // namespace dateline
