#include "indexer/formats/decoding.h"

#include <catch2/catch.hpp>
#include <string>

#include "common/error.h"
#include "indexer/formats/article_format.h"

using namespace dateline;

namespace {

DecodedText decoded(const std::string& bytes) { return decode_text("a.txt", bytes); }

bool is_refused(const std::string& bytes) {
  try {
    decoded(bytes);
  } catch (const ArticleError& error) {
    return error.reason() == BadArticle::not_text;
  }
  return false;
}

}  // namespace

TEST_CASE("UTF-8 is kept byte for byte") {
  CHECK(decoded("“café”").text == "“café”");
  CHECK(decoded("“café”").encoding == Encoding::utf8);
}

TEST_CASE("a stray byte in UTF-8 is the character of Windows-1252, and the rest stays UTF-8") {
  const auto text = decoded("“It\x92s late,” said Renée");
  CHECK(text.text == "“It’s late,” said Renée");
  CHECK(text.encoding == Encoding::utf8_with_errors);
  CHECK(decoded("“caf\xe9 olé”").text == "“café olé”");
}

TEST_CASE("a byte that Windows-1252 does not have, and a character cut short, become U+FFFD") {
  CHECK(decoded("“a\x81z”").text == "“a\uFFFDz”");
  CHECK(decoded("“a\xE2\x80z”").text == "“a\uFFFDz”");
  CHECK(decoded("“olé”\xE2\x80").text == "“olé”\uFFFD");
  CHECK(decoded("a\x81" + std::string(200, 'z')).text == "a\uFFFD" + std::string(200, 'z'));
}

TEST_CASE("bytes that are mostly no UTF-8 are Windows-1252, or refused") {
  CHECK(decoded("\x93"
                "caf\xe9\x94")
            .encoding == Encoding::windows1252);
  CHECK(decoded("\x93"
                "caf\xe9\x94")
            .text == "“café”");
  CHECK(is_refused("bad \x81 byte"));
  CHECK(is_refused(std::string("a\0b", 3)));
}

TEST_CASE("UTF-16 with a BOM is read, in either order of bytes") {
  const std::string little(
      "\xFF\xFE"
      "O\0l\0\xE9\0\x3D\xD8\x00\xDE",
      12);
  const std::string big(
      "\xFE\xFF"
      "\0O\0l\0\xE9\xD8\x3D\xDE\x00",
      12);
  CHECK(decoded(little).text == "Olé\U0001F600");
  CHECK(decoded(big).text == "Olé\U0001F600");
  CHECK(decoded(little).encoding == Encoding::utf16);
  CHECK(
      is_refused(std::string("\xFF\xFE"
                             "O\0l",
                             5)));
  CHECK(is_refused(std::string("\xFF\xFE\0\0", 4)));
  CHECK(is_refused("\xFE\xFF\xDE\x01zz"));
}

TEST_CASE("an article in UTF-16 has its date and its encoding") {
  std::string bytes = "\xFF\xFE";
  for (const char c : std::string(" date 2023-03-03 \n\nTalks\n\nThey met.\n")) bytes += {c, '\0'};
  const Article article = parse_article("a.txt", bytes);
  CHECK(article.title_text() == "Talks");
  CHECK(article.encoding == Encoding::utf16);
  CHECK(encoding_named(to_string(article.encoding)) == Encoding::utf16);
  CHECK(encoding_named("none of them") == Encoding::utf8);
}
