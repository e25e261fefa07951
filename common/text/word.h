// Text -> the words of the full-text index, the same for articles and for queries.
//
// "Russia's U.S.-made café-bar, 1,500 dollars" gives russia, us, made, cafe, bar, 1500, dollars:
// words are runs of letters and digits; an apostrophe, full stop, comma or ampersand inside stays a
// part (don't, AT&T, 3.5); a possessive 's is dropped; initials join (U.S. is us); everything is
// folded (unicode.h), which drops soft hyphens and zero-width characters. Xapian's TermGenerator
// splits likewise, but keeps 's and accents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/span.h"

namespace dateline {

constexpr std::size_t kLongestWord =
    64;  // bytes of the folded form; longer runs are no words and are left out

struct Word {
  Span span;         // in the text given
  std::string form;  // folded, never empty
  bool operator==(const Word&) const = default;
};

// Words in order. REQUIRES: text.size() < 4 GiB.
std::vector<Word> split_words(std::string_view text);

// The same without a vector: reuses one buffer. `sink(Span, std::string_view folded)`.
template <class Sink>
void for_each_word(std::string_view text, Sink&& sink);

// Where the next word starts and ends at or after `pos`, and its folded form in `form`; false at
// the end of the text.
bool next_word(std::string_view text, std::size_t& pos, Span& span, std::string& form);

// The folded forms that are longer than kLongestWord, which no word of the index is.
std::vector<std::string> words_too_long(std::string_view text);

template <class Sink>
void for_each_word(std::string_view text, Sink&& sink) {
  std::string form;
  Span span;
  for (std::size_t pos = 0; next_word(text, pos, span, form);) sink(span, std::string_view(form));
}

}  // namespace dateline
