#include <catch2/catch.hpp>
#include <random>

#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/formats/article_format.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using dateline::test::article_bytes;

namespace {

BadArticle reason_of(std::string bytes) {
  try {
    parse_article("a.txt", std::move(bytes));
  } catch (const ArticleError& error) {
    INFO(error.what());
    CHECK(std::string(error.what()).find("a.txt") != std::string::npos);
    return error.reason();
  }
  FAIL("was accepted");
  return {};
}

std::string title_of(const std::string& body) {
  return std::string(parse_article("a.txt", article_bytes("2023-03-03", body)).title_text());
}

}  // namespace

TEST_CASE("an article has its date, title and paragraphs as spans of the file's bytes") {
  const Article article = parse_article(
      "a.txt", " date 2023-03-03 \n\n\n\nTalks resume.\n\nThey met\nin Oslo.  \n \nEnd.\n");
  CHECK(article.date == days_of(*parse_partial_date("2023-03-03")).first);
  CHECK(article.title_text() == "Talks resume.");
  std::vector<std::string> blocks;
  for (const Span span : article.paragraphs) blocks.emplace_back(slice(article.text, span));
  CHECK(blocks == std::vector<std::string>{"Talks resume.", "They met\nin Oslo.", "End."});
  CHECK(article.encoding == Encoding::utf8);
}

TEST_CASE("blanks around the date line are optional, a BOM and CRLF are kept and harmless") {
  const std::string bytes =
      "\xEF\xBB\xBF"
      "date 2024-02-29\r\n\r\nTitle\r\n\r\nBody one\r\nBody two\r\n";
  const Article article = parse_article("a.txt", bytes);
  CHECK(article.text == bytes);
  CHECK(to_string(article.date) == "2024-02-29");
  REQUIRE(article.paragraphs.size() == 2);
  CHECK(slice(article.text, article.paragraphs[1]) == "Body one\r\nBody two");
}

TEST_CASE("bytes that are not UTF-8 are decoded from Windows-1252 and the article says so") {
  const Article article = parse_article("a.txt",
                                        " date 2023-03-03 \n\n\x93"
                                        "caf\xe9\x94 \x97 ol\xe9\n");
  CHECK(article.encoding == Encoding::windows1252);
  CHECK(article.title_text() == "“café” — olé");
}

TEST_CASE("each malformed input has its reason") {
  CHECK(reason_of("") == BadArticle::empty);
  CHECK(reason_of(" date 2023-03-03 \n\n \n") == BadArticle::empty);
  CHECK(reason_of(" date 2023-03-03 ") == BadArticle::empty);
  CHECK(reason_of("Talks resume\n\nText\n") == BadArticle::no_date);
  CHECK(reason_of("\n\n\nText\n") == BadArticle::no_date);
  CHECK(reason_of(" date\n\nText\n") == BadArticle::no_date);
  CHECK(reason_of(" dated 2023-03-03 \n\nText\n") == BadArticle::no_date);
  CHECK(reason_of(" date 2023-02-30 \n\nText\n") == BadArticle::bad_date);
  CHECK(reason_of(" date 2023-13-01 \n\nText\n") == BadArticle::bad_date);
  CHECK(reason_of(" date 2023-03 \n\nText\n") == BadArticle::bad_date);
  CHECK(reason_of(" date 3 March 2023 \n\nText\n") == BadArticle::bad_date);
  CHECK(reason_of(" date 2023-03-03 and more\n\nText\n") == BadArticle::bad_date);
  CHECK(reason_of(std::string(" date 2023-03-03 \n\nTe\0xt\n", 25)) == BadArticle::not_text);
  CHECK(reason_of(" date 2023-03-03 \n\nbad \x81 byte\n") == BadArticle::not_text);
  CHECK(reason_of(std::string(kLargestArticle + 1, 'a')) == BadArticle::too_large);
}

TEST_CASE("the message shows the offending line") {
  try {
    parse_article("x/y.txt", "Talks resume\n\nText\n");
    FAIL("was accepted");
  } catch (const ArticleError& error) {
    CHECK(std::string(error.what()) ==
          "x/y.txt:1: expected \"date YYYY-MM-DD\", found \"Talks resume\"");
  }
}

TEST_CASE("a short first block is the title whole, sentences and all") {
  CHECK(title_of("Talks resume. Hopes rise.\n\nText") == "Talks resume. Hopes rise.");
}

TEST_CASE("a caption loses its photo credit") {
  CHECK(title_of("Minister Ana Sol arrives in Quito on Monday. Luis Paz/Pool/Sample via Getty "
                 "Images .\n\nText") == "Minister Ana Sol arrives in Quito on Monday.");
}

TEST_CASE("a long first block is cut at its first sentence, which an abbreviation does not end") {
  const std::string sentence =
      "The U.S. envoy Gen. Tom Hale said on Monday that the talks between the two governments "
      "would go on.";
  CHECK(title_of(sentence + " Nobody expected the announcement, which came late in the evening "
                            "after two days of meetings.\n\nText") == sentence);
}

TEST_CASE("any bytes give an article whose spans lie inside its text, or an error") {
  std::mt19937 random(20230303);
  const std::vector<std::string> pieces = {" date 2023-03-03 ",
                                           "\n",
                                           "\n\n",
                                           "\r\n",
                                           "“",
                                           "”",
                                           ". ",
                                           "A",
                                           "Ünited ",
                                           "\xE2\x80",
                                           "\x93",
                                           "\xEF\xBB\xBF",
                                           "Mr. ",
                                           "x",
                                           "/",
                                           std::string(1, '\0')};
  int accepted = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string bytes = round % 2 == 0 ? " date 2023-03-03 \n" : "";
    const auto count = random() % 12;
    for (unsigned i = 0; i < count; ++i)
      bytes += pieces[random() % (pieces.size() - (round % 3 == 0 ? 0 : 1))];
    try {
      const Article article = parse_article("a.txt", bytes);
      ++accepted;
      REQUIRE(is_valid_utf8(article.text));
      REQUIRE_FALSE(article.title.empty());
      REQUIRE_FALSE(article.paragraphs.empty());
      REQUIRE(article.paragraphs.front().contains(article.title));
      std::uint32_t at = 0;
      for (const Span span : article.paragraphs) {
        REQUIRE(at <= span.begin);
        REQUIRE(span.begin < span.end);
        REQUIRE(span.end <= article.text.size());
        at = span.end;
      }
    } catch (const ArticleError&) {
    }
  }
  CHECK(accepted > 1000);
}
