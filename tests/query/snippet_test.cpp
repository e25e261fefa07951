#include "query/hits/snippet.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <string>

#include "common/text/unicode.h"
#include "common/text/word.h"

using namespace dateline;

namespace {

// Each of the words a part of the query, of weight 1.
std::vector<Occurrence> find(std::string_view text, const std::vector<std::string>& words) {
  std::vector<Occurrence> found;
  for_each_word(text, [&](Span span, std::string_view form) {
    const auto word = std::ranges::find(words, form);
    if (word != words.end())
      found.push_back({.span = span,
                       .part = static_cast<std::size_t>(word - words.begin()),
                       .weight = 1,
                       .words = {span}});
  });
  return found;
}

Span whole(std::string_view text) { return {0, static_cast<std::uint32_t>(text.size())}; }

Snippet snippet_of(std::string_view text, const std::vector<std::string>& words) {
  return make_snippet(text, whole(text), find(text, words));
}

std::string many(const std::string& sentence, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += sentence;
  return text;
}

const std::string kNews = "date 2023-03-03\n\n";

// The body of kNews and what begins with the title.
Body body_of(std::string_view text, std::string_view title) {
  const auto begin = static_cast<std::uint32_t>(kNews.size());
  REQUIRE(text.substr(begin).starts_with(title));
  std::vector<Span> paragraphs;
  for (auto at = begin; at < text.size();) {
    const auto end = static_cast<std::uint32_t>(std::min(text.find("\n\n", at), text.size()));
    paragraphs.push_back({at, end});
    at = end + 2;
  }
  return find_body(text, {begin, begin + static_cast<std::uint32_t>(title.size())}, paragraphs);
}

std::string rest_of(const std::string& text, std::string_view title) {
  return std::string(slice(text, body_of(text, title).rest));
}

}  // namespace

TEST_CASE("the snippet is the passage that holds the word, not the beginning, in whole sentences") {
  const std::string text = many("The ministers met and parted. ", 40) +
                           "Then the treaty was signed. " + many("The rain went on. ", 40);
  const Snippet snippet = snippet_of(text, {"treaty"});
  CHECK(snippet.text.starts_with("Then the treaty was signed. The rain"));
  CHECK(snippet.text.ends_with("The rain went on."));
  REQUIRE(snippet.highlights.size() == 1);
  CHECK(std::string(slice(snippet.text, snippet.highlights[0])) == "treaty");
  CHECK(snippet.text.size() < kSnippetBytes + 60);
}

TEST_CASE("without a wanted word the snippet is the beginning") {
  CHECK(snippet_of("Talks resume in Geneva.", {"nothing"}) ==
        Snippet{.text = "Talks resume in Geneva.", .highlights = {}});
}

TEST_CASE("white space becomes single blanks and highlights follow, inside them too") {
  const std::string text = "Talks\n\n  on the\tseabed\n treaty";
  const std::vector<Occurrence> found{
      {.span = {16, 30}, .part = 0, .weight = 1, .words = {{16, 30}}}};
  CHECK(make_snippet(text, whole(text), found) ==
        Snippet{.text = "Talks on the seabed treaty", .highlights = {{13, 26}}});
}

TEST_CASE("words that stand together beat forms of one word") {
  const std::string text = many("Products of production were produced. ", 6) +
                           many("Nothing at all was said of it then. ", 20) +
                           "The quota for production fell.";
  CHECK(snippet_of(text, {"production", "quota"}).text.find("quota for production") !=
        std::string::npos);
}

TEST_CASE("of passages with the same words the one that has them nearer together is shown") {
  const std::string far =
      "Oil was dear that year, as everybody who had waited at the pumps of the coast well knew, "
      "and the price rose. ";
  const std::string text = far + many("Nothing at all was said of it then. ", 20) +
                           "The oil price fell. " + many("It rained. ", 40);
  CHECK(snippet_of(text, {"oil", "price"}).text.find("The oil price fell.") != std::string::npos);
}

TEST_CASE("a cut sentence is marked, a whole one is not") {
  const std::string words = many("and then another word came along ", 30);
  const Snippet cut = snippet_of(words + "treaty " + words, {"treaty"});
  CHECK(cut.text.starts_with("… "));
  CHECK(cut.text.ends_with(" …"));
  CHECK(slice(cut.text, cut.highlights.front()) == "treaty");
}

TEST_CASE("a paragraph ends a sentence, an abbreviation does not") {
  const std::string filler = many("and then another word came along ", 30);
  CHECK(snippet_of(filler + "\n\nMr. Lind of the U.S. team signed the treaty " + filler, {"treaty"})
            .text.starts_with("Mr. Lind of the U.S. team signed the treaty"));
}

TEST_CASE("the body begins behind the title") {
  CHECK(rest_of(kNews + "Talks resume\n\nMinisters met.", "Talks resume") == "Ministers met.");
}

TEST_CASE("a paragraph that repeats the title is no body") {
  const std::string title = "Ferry fares to the outer islands rise again";
  CHECK(rest_of(kNews + title + "\n\n" + title + "\n\nIt was said.", title) == "It was said.");
  CHECK(rest_of(kNews + title + "\n\n" + title + " on Monday, said Lind.", title) ==
        "on Monday, said Lind.");
  CHECK(rest_of(kNews + title + "\n\n" + title + " - Harbour News\n\n" + title + "\n\nIt was said.",
                title) == "It was said.");
  CHECK(rest_of(kNews + title + "\n\nFerry fares to the outer islands., said Lind.", title) ==
        "said Lind.");
  CHECK(rest_of(kNews + title + "\n\nFerry fares to the outer islands ri... It was said.", title) ==
        "It was said.");
  CHECK(rest_of(kNews + title + "\n\nFerry fares to the outer islands… It was said.", title) ==
        "It was said.");
  CHECK(rest_of(kNews + title + "\n\nFerry fares to the outer islands ri…\n\nIt was said.",
                title) == "It was said.");
  CHECK(rest_of(kNews + "Talks resume\n\nTalks resume on Monday.", "Talks resume") ==
        "Talks resume on Monday.");
}

TEST_CASE("a title cut from a long first block leaves the rest of the block, a photo credit not") {
  const std::string rest = many("It went on and on. ", 12);
  CHECK(rest_of(kNews + "A ship sailed. " + rest, "A ship sailed.") == rest);
  CHECK(rest_of(kNews + "A ship sailed. Ann Lee/Northern Pictures\n\nIt went.", "A ship sailed.") ==
        "It went.");
}

TEST_CASE("a title that is a long sentence, shown cut, may be the passage") {
  const std::string title = "A ship sailed on Monday " + many("to one port after another ", 6) +
                            "with the treaty on board.";
  CHECK(rest_of(kNews + title + "\n\nIt rained.", title) == title + "\n\nIt rained.");
}

TEST_CASE("an article that is nothing but its title shows it") {
  CHECK(rest_of(kNews + "Talks resume", "Talks resume") == "Talks resume");
}

TEST_CASE("behind a title that goes on in the text the passage is a cut sentence") {
  const std::string title = "Ferry fares to the outer islands rise again";
  const std::string text = kNews + title + "\n\n" + title + " on Monday, said Lind.";
  CHECK(make_snippet(text, body_of(text, title).rest, find(text, {"lind"})) ==
        Snippet{.text = "… on Monday, said Lind.", .highlights = {{20, 24}}});
}

TEST_CASE("a match that begins in the repeated title is shown whole") {
  const std::string title = "Ferry fares to the outer islands rise again";
  for (const std::string& rest : {std::string{}, many("It rained on the quay. ", 20)}) {
    const std::string text = kNews + title + "\n\n" + title + " on Monday, said Lind. " + rest;
    const auto at = static_cast<std::uint32_t>(text.find("rise again on"));
    const std::vector<Occurrence> found{
        {.span = {at, at + 20},
         .weight = 1,
         .words = {{at, at + 4}, {at + 5, at + 10}, {at + 11, at + 13}, {at + 14, at + 20}}}};
    const Snippet snippet = make_snippet(text, body_of(text, title).rest, found);
    CHECK_THAT(snippet.text, Catch::StartsWith("… rise again on Monday, said Lind."));
    CHECK(snippet.highlights == std::vector<Span>{{4, 8}, {9, 14}, {15, 17}, {18, 24}});
  }
}

TEST_CASE("the passage is within what was chosen") {
  const std::string text = "The treaty was signed. " + many("It rained that day. ", 30) +
                           "\"We sail at dawn,\" said Lind. " + many("It rained. ", 30);
  const auto at = static_cast<std::uint32_t>(text.find("\"We"));
  CHECK(make_snippet(text, whole(text), find(text, {"treaty"}), ChosenPassage{{at, at + 18}})
            .text.find("\"We sail at dawn,\" said Lind.") != std::string::npos);
}

TEST_CASE("highlights that overlap are joined") {
  const std::vector<Occurrence> found{{.span = {4, 17}, .words = {{4, 17}}},
                                      {.span = {8, 12}, .words = {{8, 12}}},
                                      {.span = {20, 24}, .words = {{20, 24}}}};
  CHECK(highlights_within(words_of(found), {2, 22}) == std::vector<Span>{{2, 15}});
}

TEST_CASE("an article of a million wanted words takes no longer than it is long") {
  const std::string text = many("oil price ", 500'000);
  const auto begin = std::chrono::steady_clock::now();
  CHECK(snippet_of(text, {"oil", "price"}).highlights.size() > 20);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("of any text the snippet is valid UTF-8 with highlights in order inside it") {
  std::mt19937 random(11);
  const std::string pieces[] = {"treaty", "é", " ",    "\n", "—",  "“",     "Zürich",
                                ".",      "x", "平和", "\t", "’s", "\u2028"};
  for (int trial = 0; trial < 2000; ++trial) {
    std::string text;
    for (auto n = random() % 300; n > 0; --n) text += pieces[random() % std::size(pieces)];
    const Span title{0, text.starts_with("treaty") ? 6u : 0u};
    const Snippet snippet = make_snippet(text, find_body(text, title, {whole(text)}).rest,
                                         find(text, {"treaty", "zurich"}));
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

TEST_CASE("what stands before and behind the paragraphs is in no passage, whatever it is") {
  const std::string text = "<p>Talks resume</p>\n\nThe treaty was signed.\n\n-- treaty desk";
  const auto body = static_cast<std::uint32_t>(text.find("The"));
  const Body found = find_body(text, {3, 15}, {{3, 15}, {body, body + 22}});
  CHECK(slice(text, found.title) == "Talks resume");
  CHECK(slice(text, found.whole) == "The treaty was signed.");
  CHECK(find_body("date: treaty\n\nTalks", {14, 19}, {{14, 19}}).rest == Span{14, 19});
}

TEST_CASE("a title that does not begin the body hides nothing of it") {
  const std::string text = "It rained.\n\nTalks resume";
  CHECK(find_body(text, {12, 24}, {whole(text)}).rest == whole(text));
  CHECK(find_body(text, {}, {whole(text)}).rest == whole(text));
}

TEST_CASE("paragraphs are those that the format found, with a blank line between them or without") {
  const std::string text = "Talks resume\nThe treaty was signed.\nIt rained.";
  const Body body = find_body(text, {0, 12}, {{0, 12}, {13, 35}, {36, 46}});
  CHECK(slice(text, body.whole) == "The treaty was signed.\nIt rained.");
  const std::string twice =
      "Ferry fares to the outer isles rise\nFerry fares to the outer isles "
      "rise\nIt rained.";
  CHECK(slice(twice, find_body(twice, {0, 35}, {{0, 35}, {36, 71}, {72, 82}}).rest) ==
        "It rained.");
}
