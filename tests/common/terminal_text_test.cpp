#include "common/text/terminal_text.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("nothing that turns the direction of writing reaches a terminal") {
  for (const char* mark : {"\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
                           "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    CHECK(harmless(std::string("a") + mark + "b") == "a\uFFFDb");
    CHECK(harmless_lines(std::string("a") + mark + "b") == "a\uFFFDb");
  }
  for (const char* letter : {"\u061B", "\u061D", "\u2010", "\u2030", "\u2070", "\u0627"})
    CHECK(harmless(letter) == letter);
}

TEST_CASE("no control character reaches a terminal, and no other end of a line") {
  CHECK(harmless("a\x1b[31mb") == "a␛[31mb");
  CHECK(harmless("a\x7f"
                 "b") == "a␡b");
  CHECK(harmless("a\u0080b\u009Fc") == "a\uFFFDb\uFFFDc");
  CHECK(harmless("a\u00A0b") == "a\u00A0b");
  CHECK(harmless("a\nb\tc\rd\u2028e\u2029f") == "a b c d e f");
  CHECK(harmless_lines("a\nb\r\nc\u2028d") == "a\nb\nc d");
}

TEST_CASE("one thing is counted as one, all others as many") {
  CHECK(counted(1, "article") == "1 article");
  CHECK(counted(0, "article") == "0 articles");
  CHECK(counted(1'234, "article") == "1,234 articles");
  CHECK(counted(1, "alias") == "1 alias");
  CHECK(counted(2, "alias") == "2 aliases");
}
