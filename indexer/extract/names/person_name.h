// Do two forms of a name mean the same person?
//
// "Antony J. Blinken" and "Antony Blinken" do, "Bill Clinton" and "William Jefferson Clinton" do,
// "Bill Clinton" and "Hillary Clinton" do not, nor do "Donald Trump Jr." and "Donald Trump".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/names/nickname.h"
#include "indexer/extract/token.h"

namespace dateline {

// A name as folded words. "Ursula von der Leyen": given {ursula}, particles left out, surname
// "leyen"; hyphenated words are one.
struct PersonName {
  std::vector<std::string> words;  // without particles and suffix; never empty
  std::string suffix;              // jr, sr, iii or ""
  bool younger = false;            // the suffix is one that a father does not bear
  std::string_view surname() const { return words.back(); }
};

PersonName person_name(const TokenizedText& text, TokenRange range);

// Both have at least two words and one surname.
bool same_person(const PersonName& a, const PersonName& b, const Nicknames& nicknames);

}  // namespace dateline
