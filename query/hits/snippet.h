// Which passage of an article shows best why it was found?
//
// The window that holds the most and rarest parts of the query, the nearer together the better,
// begun and ended at a sentence where that is near: "… three months late. The seabed treaty was
// signed in Geneva." The title is shown above it and is left out.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "query/hits/result_set.h"

namespace dateline {

constexpr std::size_t kSnippetBytes = 220;  // of the article's text, about

// A part of the query as it stands in a text: a word, the words of a phrase, a place's name.
struct Occurrence {
  Span span;             // of all its words
  std::size_t part = 0;  // parts count whole once, repeated ones little
  double weight = 0;
  std::vector<Span> words = {};  // what is highlighted, in order
};

// The paragraphs behind the title, and behind what repeats the title there; the title itself when
// nothing else is there. REQUIRES: spans of `text`, at least one paragraph, in order.
struct Body {
  Span title;  // empty when the text does not hold it
  Span rest;   // behind the repeats
  Span whole;  // with them
};
Body find_body(std::string_view text, Span title, const std::vector<Span>& paragraphs);

// The words of all occurrences, in order.
std::vector<Span> words_of(const std::vector<Occurrence>& found);

// Those of the words, which are in order, inside `within`, overlapping ones joined; bytes from its
// beginning.
std::vector<Span> highlights_within(const std::vector<Span>& words, Span within);
std::vector<Span> highlights_within(const std::vector<Occurrence>& found, Span within);

// Where in the body the passage is to be, as a quotation, and what it begins with when that stands
// within a line or two before: the name of who speaks.
struct ChosenPassage {
  Span span;
  std::optional<Span> lead = {};
};

// `found`: in order of their beginning. Without any occurrence in `chosen` the snippet begins with
// that, or with the body. An occurrence that the body's beginning cuts is shown whole. REQUIRES:
// spans of `text`.
Snippet make_snippet(std::string_view text, Span body, const std::vector<Occurrence>& found,
                     std::optional<ChosenPassage> chosen = std::nullopt);

// All that stands in `passage`. REQUIRES: spans of `text`, words in order.
Snippet make_whole_snippet(std::string_view text, Span passage, const std::vector<Span>& words);

}  // namespace dateline
