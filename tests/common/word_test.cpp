#include "common/text/word.h"

#include <catch2/catch.hpp>

using namespace dateline;

namespace {

std::vector<std::string> forms(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& word : split_words(text)) result.push_back(word.form);
  return result;
}

using Forms = std::vector<std::string>;

}  // namespace

TEST_CASE("words are folded runs of letters and digits") {
  CHECK(forms("Russia's U.S.-made café-bar, 1,500 dollars.") ==
        Forms{"russia", "us", "made", "cafe", "bar", "1500", "dollars"});
  CHECK(forms("Don’t; AT&T at 3.5% — END.Next") ==
        Forms{"don't", "at&t", "at", "3.5", "end", "next"});
  CHECK(forms("F-16 G20 2022-02-24 'quoted'") ==
        Forms{"f", "16", "g20", "2022", "02", "24", "quoted"});
  CHECK(forms("J. K. Rowling. I. Said") == Forms{"j", "k", "rowling", "i", "said"});
}

TEST_CASE("a soft hyphen is no part of a word, and parts none") {
  const auto words = split_words("trea\xC2\xADty \xC2\xADtalks\xC2\xAD end");
  REQUIRE(words.size() == 3);
  CHECK(words[0].form == "treaty");
  CHECK(words[0].span == Span{0, 8});
  CHECK(words[1].form == "talks");
  CHECK(words[2].form == "end");
  CHECK(split_words("trea\xC2\xAD\xC2\xADty").size() == 1);
}

TEST_CASE("invisible characters are no part of a word, and part none") {
  CHECK(forms("Zelen\u200Bsky\u200B, \u2060Lon\u200Ddon\uFEFF") == Forms{"zelensky", "london"});
  CHECK(split_words("Zelen\u200Bsky").front().span == Span{0, 11});
}

TEST_CASE("a word is found by its plain spelling, whatever its apostrophe, hyphen or subscript") {
  CHECK(forms("O\u00B4Brien d`Ivoire O\u2032Hara") == Forms{"o'brien", "d'ivoire", "o'hara"});
  CHECK(forms("Smith\u2011Jones") == Forms{"smith", "jones"});
  CHECK(forms("CO\u2082 fell") == Forms{"co2", "fell"});
  CHECK(forms("Russia\u00B4s `quoted' \u00B4 word") == Forms{"russia", "quoted", "word"});
}

TEST_CASE("a word's span is what the text has") {
  const std::string text = "“Señor’s” Éamon";
  const auto words = split_words(text);
  REQUIRE(words.size() == 2);
  CHECK(slice(text, words[0].span) == "Señor’s");
  CHECK(words[0].form == "senor");
  CHECK(slice(text, words[1].span) == "Éamon");
}

TEST_CASE("runs longer than a term may be are no words") {
  CHECK(forms("a " + std::string(65, 'x') + " b") == Forms{"a", "b"});
  CHECK(forms(std::string(64, 'x')).size() == 1);
  CHECK(words_too_long("a " + std::string(65, 'X') + " b " + std::string(64, 'y')) ==
        Forms{std::string(65, 'x')});
  CHECK(forms("\xFF\xFE ? ").empty());
}
