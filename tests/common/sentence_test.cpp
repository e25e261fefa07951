#include "common/text/sentence.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace dateline;

namespace {

// The sentences of running text, joined by " | ".
std::string sentences_of(std::string_view text) {
  std::string joined;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ' ' && ends_sentence_at(text, at)) joined += " |";
    joined += text[at];
  }
  return joined;
}

}  // namespace

TEST_CASE("a sentence ends at its full stop, and behind the marks that close it") {
  CHECK(sentences_of("It rained. We went home.") == "It rained. | We went home.");
  CHECK(sentences_of("\"It rained.\" He left.") == "\"It rained.\" | He left.");
  CHECK(sentences_of("(It rained.) He left!") == "(It rained.) | He left!");
  CHECK(sentences_of("“It rained.” ‘So?’ he said. 12 died.") ==
        "“It rained.” | ‘So?’ he said. | 12 died.");
  CHECK(sentences_of("\"Stop!\" he said.") == "\"Stop!\" he said.");
  CHECK(sentences_of("It went on… and on... The end") == "It went on… and on... | The end");
}

TEST_CASE("a word that is known to be shortened goes on") {
  CHECK(sentences_of("Gen. Smith met Reps. Castro and Hale.") ==
        "Gen. Smith met Reps. Castro and Hale.");
  CHECK(sentences_of("SENS. LOTT, COCHRAN: SLATED") == "SENS. LOTT, COCHRAN: SLATED");
  CHECK(sentences_of("He spoke on Feb. 24 in Calif. The hall was full.") ==
        "He spoke on Feb. 24 in Calif. | The hall was full.");
  CHECK(sentences_of("Lot No. 5 was sold. No. He kept it.") ==
        "Lot No. 5 was sold. | No. | He kept it.");
  CHECK(sentences_of("Smith vs. Jones was heard. It sat.") ==
        "Smith vs. Jones was heard. | It sat.");
  // As long a word, and none that is shortened.
  CHECK(sentences_of("They met at the inn. Smith left for the sea. Hale stayed.") ==
        "They met at the inn. | Smith left for the sea. | Hale stayed.");
}

TEST_CASE("initials end a sentence before a word of grammar only") {
  CHECK(
      sentences_of(
          "U.S. forces left the U.S. The talks go on at 5 p.m. They end at 6 p.m. Berlin time.") ==
      "U.S. forces left the U.S. | The talks go on at 5 p.m. | They end at 6 p.m. Berlin time.");
  CHECK(sentences_of("J. K. Rowell wrote it.") == "J. K. Rowell wrote it.");
}

TEST_CASE("what ends nothing and what stands at the end of a text") {
  CHECK(sentences_of("a.b, c 3.5 and so") == "a.b, c 3.5 and so");
  CHECK(ends_sentence_at("It rained.", 10));
  CHECK_FALSE(ends_sentence_at("It rained", 9));
  CHECK_FALSE(ends_sentence_at("", 0));
  CHECK(behind_closing_marks("x.”) y", 2) == 6);
  CHECK(behind_closing_marks("x. y", 2) == 2);
}
