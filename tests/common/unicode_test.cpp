#include "common/text/unicode.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("folding drops case, accents and curly apostrophes") {
  CHECK(fold("Ó Briain’s Straße") == "o briain's strasse");
  CHECK(fold("Łódź, Århus, SØRENSEN, İstanbul") == "lodz, arhus, sorensen, istanbul");
  CHECK(fold("Київ") == fold("КИЇВ"));
  CHECK(fold_name("  Anna \t Lind ") == "anna lind");
  CHECK(single_spaced("\r\nEast\r\nBay\t ") == "East Bay");
  CHECK(single_spaced("").empty());
  CHECK(fold_name("New\u00A0Delhi") == "new delhi");
}

TEST_CASE("invalid UTF-8 is found where it starts") {
  CHECK_FALSE(find_invalid_utf8("café — “x”"));
  CHECK(find_invalid_utf8("ab\xE2\x80") == 2);
  CHECK(find_invalid_utf8("\xC0\xAF") == 0);       // overlong
  CHECK(find_invalid_utf8("a\xED\xA0\x80") == 1);  // surrogate
  CHECK(replace_invalid_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
}

TEST_CASE("Windows-1252 has five bytes that mean nothing") {
  CHECK(decode_windows1252("\x93\x80\x9f\x94") == "“€Ÿ”");
  for (const char* byte : {"\x81", "\x8d", "\x8f", "\x90", "\x9d"})
    CHECK_FALSE(decode_windows1252(byte));
}

TEST_CASE("what was decoded from Windows-1252 is encoded to the same bytes") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    if (decode_windows1252(one)) all += one;
  }
  CHECK(all.size() == 251);
  CHECK(encode_windows1252(decode_windows1252(all).value()) == all);
  for (const char* text : {"平和", "ā", "\u0081", "\xff"}) CHECK_FALSE(encode_windows1252(text));
}

TEST_CASE(
    "folding drops what shows nothing and knows the marks written for apostrophe and hyphen") {
  CHECK(fold("Zelen\u200Bsky Par\u00ADis") == "zelensky paris");
  CHECK(fold("O\u00B4Brien d`Ivoire") == "o'brien d'ivoire");
  CHECK(fold("Smith\u2011Jones CO\u2082") == "smith-jones co2");
  CHECK(single_spaced("Zelen\u200Bsky \n Volo\u00ADdymyr") == "Zelensky Volodymyr");
}
