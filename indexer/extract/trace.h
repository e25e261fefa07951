// Why did extraction decide as it did?
//
// For "Paris" in an article of Lamar County: the words that spoke for a place, every Paris there is
// with what spoke for it, and the choice. A rule that is handed a Trace adds an Explanation of each
// thing it judged, refused ones as well; a rule that is handed nullptr does nothing more than
// decide. What a rule explains is its `subject`; a new subject needs nothing here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/span.h"

namespace dateline {

struct Explanation {
  Span span;                         // what was judged, in the article's text
  std::string_view subject;          // "place"; outlives the Trace
  std::string outcome;               // "Paris, Texas, US", "no place"
  std::vector<std::string> reasons;  // one line each, in the order of the rules
};

struct Trace {
  std::vector<Explanation> explanations;
};

// In text order, a head "[begin, end) subject "words": outcome" and an indented line for each
// reason; with `offset`, those whose span holds that byte only. White space inside of words shown
// is single blanks; control characters are not made visible here.
std::string to_text(const Trace& trace, const Article& article,
                    std::optional<std::uint32_t> offset);

}  // namespace dateline
