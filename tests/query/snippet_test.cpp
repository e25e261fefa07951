#include "query/snippet.h"

#include <catch2/catch.hpp>

#include <random>
#include <string>

#include "common/unicode.h"

using namespace dateline;

namespace {

WordWeight weighing(std::string wanted) {
  return [wanted = std::move(wanted)](std::string_view form) { return form == wanted ? 1.0 : 0.0; };
}

std::string many(const std::string& sentence, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += sentence;
  return text;
}

}  // namespace

TEST_CASE("the snippet is the passage that holds the word, not the beginning") {
  const std::string text = many("The ministers met and parted. ", 40) + "Then the treaty was signed. " + many("The rain went on. ", 40);
  const Snippet snippet = make_snippet(text, weighing("treaty"));
  REQUIRE(snippet.highlights.size() == 1);
  CHECK(std::string(slice(snippet.text, snippet.highlights[0])) == "treaty");
  CHECK(snippet.text.size() < kSnippetBytes + 60);
}

TEST_CASE("without a wanted word the snippet is the beginning") {
  const Snippet snippet = make_snippet("Talks resume in Geneva.", weighing("nothing"));
  CHECK(snippet == Snippet{.text = "Talks resume in Geneva.", .highlights = {}});
}

TEST_CASE("white space becomes single blanks and highlights follow") {
  const Snippet snippet = make_snippet("Talks\n\n  on the\ttreaty", weighing("treaty"));
  CHECK(snippet.text == "Talks on the treaty");
  CHECK(snippet.highlights == std::vector<Span>{{13, 19}});
}

TEST_CASE("of any text the snippet is valid UTF-8 with highlights in order inside it") {
  std::mt19937 random(11);
  const std::string pieces[] = {"treaty", "é", " ", "\n", "—", "“", "Zürich", ".", "x", "平和", "\t", "’s"};
  for (int trial = 0; trial < 400; ++trial) {
    std::string text;
    for (auto n = random() % 200; n > 0; --n) text += pieces[random() % std::size(pieces)];
    const Snippet snippet = make_snippet(text, weighing("treaty"));
    CHECK(is_valid_utf8(snippet.text));
    std::uint32_t end = 0;
    for (const Span span : snippet.highlights) {
      CHECK(span.begin >= end);
      CHECK(span.begin < span.end);
      CHECK(span.end <= snippet.text.size());
      end = span.end;
    }
  }
}
