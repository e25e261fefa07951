// Where does a sentence end?
//
// `Gen. Smith met the U.S. envoy at 5 p.m. The talks went on.` is two sentences: a full stop after
// a known abbreviation or initials ends one only where what follows begins another. One rule for
// all who ask: the tokens of extraction, an article's title, the passages shown with a hit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dateline {

enum class SentenceMark : std::uint8_t {
  none,          // ends nothing
  stop,          // . ! ?
  ellipsis,      // ... or the one character
  initials,      // U.S. and p.m., whose full stop is their own
  lone_initial,  // J.
};

// What the word before a full stop is short for.
enum class Shortened : std::uint8_t {
  nothing,
  title,   // Gen., Mr.: a name follows
  number,  // No.: a number follows
  other,   // Feb., Calif.
};

// The word or mark after the gap.
struct SentenceNext {
  bool capital = false;
  bool grammar = false;  // a function word: "The" after "in Calif." opens a sentence
  bool number = false;
  bool quote = false;
  bool bracket = false;  // ( or [
};

// Does a sentence end before `next`?
bool ends_sentence(SentenceMark mark, Shortened word, const SentenceNext& next);

// Does a sentence of running text end at `end`, behind its mark and any closing ones? REQUIRES: end
// <= text.size(), and white space or nothing at `end`.
bool ends_sentence_at(std::string_view text, std::size_t end);

// Past the closing quotation marks and brackets that stand at `pos`.
std::size_t behind_closing_marks(std::string_view text, std::size_t pos);

// What the word is short for, by its folded form; in lower case only "vs" and "etc" are.
// `known` and `title`: whether it is in abbreviations.tsv and in titles.tsv.
Shortened shortened(std::string_view key, bool capitalised, bool known, bool title);

}  // namespace dateline
