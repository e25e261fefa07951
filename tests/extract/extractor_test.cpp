#include "indexer/extract/extractor.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "indexer/formats/article_format.h"
#include "tests/extract/annotated_articles.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

Article article_of(const std::string& body) {
  return parse_article("a.txt", " date 2024-05-16 \n\n" + body + "\n");
}

bool starts_character(const std::string& text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

bool inside(const Article& article, Span span) {
  return span.begin < span.end && span.end <= article.text.size() &&
         starts_character(article.text, span.begin) && starts_character(article.text, span.end);
}

// The spans that lie outside the text, are empty or cut a character in two, as text for the report.
std::string misplaced(const Article& article, const Record& record) {
  std::string wrong;
  const auto look = [&](const char* what, Span span) {
    if (!inside(article, span))
      wrong += std::string(what) + " " + std::to_string(span.begin) + "-" +
               std::to_string(span.end) + "; ";
  };
  for (const auto& quote : record.quotes) {
    look("quotation", quote.span);
    for (std::size_t i = 1; i < quote.segments.size(); ++i) {
      if (quote.segments[i].begin < quote.segments[i - 1].end) wrong += "segments out of order; ";
    }
    for (const auto segment : quote.segments) {
      look("segment", segment);
      if (segment.begin < quote.span.begin || segment.end > quote.span.end)
        wrong += "segment outside its quotation; ";
    }
    if (quote.source) look("source", *quote.source);
  }
  for (const auto& place : record.places) {
    for (const auto span : place.mentions) look("place", span);
  }
  for (const auto& date : record.dates) {
    for (const auto span : date.mentions) look("date", span);
  }
  return wrong;
}

// What the rules look at, and what stands between it; joined at random it reaches the edges that no
// real article shows.
const std::vector<std::string> kPieces = {"President",
                                          "Anna Lind",
                                          "Lind",
                                          "Mr. Berg",
                                          "a spokesman",
                                          "for the ministry",
                                          "he",
                                          "she",
                                          "who",
                                          "which",
                                          "they",
                                          "it",
                                          "we",
                                          "say",
                                          "said",
                                          "says",
                                          "saying",
                                          "added",
                                          "adding that",
                                          "told reporters",
                                          "according to",
                                          "asked",
                                          "tweeted",
                                          "put",
                                          "read",
                                          "that",
                                          "and",
                                          "but",
                                          "to",
                                          "on",
                                          "by",
                                          "the",
                                          "of",
                                          "has",
                                          "was",
                                          "'s",
                                          "not",
                                          "also",
                                          "the mayor",
                                          "US",
                                          "the State Department",
                                          "\"",
                                          "“",
                                          "”",
                                          "‘",
                                          "’",
                                          "'",
                                          "«",
                                          "»",
                                          ",",
                                          ".",
                                          ";",
                                          ":",
                                          "?",
                                          "!",
                                          "—",
                                          "--",
                                          "-",
                                          "(",
                                          ")",
                                          "[",
                                          "...",
                                          "\n\n",
                                          "\n",
                                          "Geneva",
                                          "Geneva, Switzerland",
                                          "Washington",
                                          "GENEVA (Reuters) -",
                                          "New",
                                          "River",
                                          "south of",
                                          "10 km",
                                          "Paris, Texas",
                                          "Friday",
                                          "next week",
                                          "last",
                                          "two",
                                          "years ago",
                                          "March 5",
                                          "1998",
                                          "'98",
                                          "the first quarter",
                                          "May",
                                          "between",
                                          "Christmas",
                                          "5/6/2024",
                                          "24 May",
                                          "early",
                                          "decades",
                                          "the 1990s",
                                          "3 p.m.",
                                          "é",
                                          "Ž",
                                          "北京",
                                          "We regret it",
                                          "there is no plan",
                                          "Han Ji-won",
                                          "whose term ends",
                                          "and Bo Ek",
                                          "the company",
                                          "it called",
                                          "was quoted as saying",
                                          "LIND:",
                                          "Jr.",
                                          "& Sons",
                                          "the younger Lind",
                                          "R-Ohio",
                                          "the 29-year-old striker",
                                          "Mrs.",
                                          "''",
                                          "'''",
                                          "`",
                                          "―"};

}  // namespace

TEST_CASE("a title that opens the article has nothing before it", "[extractor]") {
  CHECK_NOTHROW(extractor().extract(article_of("President Anna Lind say nothing.")));
  CHECK_NOTHROW(
      extractor().extract(parse_article("a.txt", "date 2024-05-16\nPresident Anna Lind say")));
}

TEST_CASE(
    "any mixture of names, cues, marks, places and dates gives a record with spans in the text",
    "[extractor]") {
  for (unsigned seed = 0; seed < 20000; ++seed) {
    std::mt19937 random(seed);
    std::string body;
    for (auto count = 1 + random() % 40; count > 0; --count) {
      body += kPieces[random() % kPieces.size()];
      if (random() % 4 != 0) body += ' ';
    }
    if (body.find_first_not_of(" \n") == std::string::npos) continue;
    const Article article = article_of(body);
    const Record record = extractor().extract(article);
    INFO("seed " << seed << ": " << body);
    REQUIRE(misplaced(article, record) == "");
    REQUIRE(record == extractor().extract(article));
  }
}

TEST_CASE("a table of searching is no part of the fingerprint, one of the extraction is") {
  const TemporaryFolder folder;
  const auto copy = std::filesystem::copy_options::recursive;
  std::filesystem::copy(data_folder(), folder / "data", copy);
  const auto fingerprint = [&] { return Extractor::load(folder / "data").fingerprint(); };
  const std::string before = fingerprint();
  write_file(folder / "data/en/search/stop_words.tsv", "word\nthe\n");
  CHECK(fingerprint() == before);
  write_file(folder / "data/en/titles.tsv", "word\nmr\n");
  CHECK(fingerprint() != before);
}
