// What a hit shows of why it was found, over a small archive indexed by the real program.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "query/searcher.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

const std::string kFiller =
    "The rain went on over the harbour and nobody came. The boats stayed where they were. The "
    "evening was long. ";

std::string many(int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += kFiller;
  return text + "\n\n";
}

struct Archive {
  TemporaryFolder folder;
  std::string database = (folder / "index.db").string();
  void add(const std::string& name, std::string_view body) const {
    write_file(folder / "archive" / name, article_bytes("2023-03-03", body));
  }
  void index(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"--quiet", "--db", database, (folder / "archive").string()});
    REQUIRE(run("dateline-index", more).status == 0);
  }
  Hit hit(const std::string& query, std::vector<Filter> filters = {}) const {
    SearchRequest request;
    request.query = query;
    request.filters = std::move(filters);
    const ResultSet results = Searcher(database).search(request);
    REQUIRE(results.hits.size() == 1);
    return results.hits.front();
  }
};

std::vector<std::string> lit(std::string_view text, const std::vector<Span>& highlights) {
  std::vector<std::string> words;
  for (const Span span : highlights) words.emplace_back(slice(text, span));
  return words;
}
std::vector<std::string> lit(const Hit& hit) {
  return lit(hit.snippet.text, hit.snippet.highlights);
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a passage has the phrase asked for, and of its words nothing else is lit") {
  Archive archive;
  archive.add("1.txt", "Harbour news\n\nHurricane season began. Katrina Moss spoke of levees. " +
                           many(5) + "After Hurricane Katrina the levees were rebuilt. " + many(5));
  archive.index();
  const Hit hit = archive.hit("\"hurricane katrina\" levees");
  CHECK(hit.snippet.text.starts_with("After Hurricane Katrina the levees were rebuilt."));
  CHECK(lit(hit) == Words{"Hurricane", "Katrina", "levees"});
}

TEST_CASE("words near each other are lit where they are near, across paragraphs never") {
  Archive archive;
  archive.add("1.txt", "Harbour news\n\nThe oil\n\nprice was no matter. " + many(5) +
                           "The price of crude oil fell. The oil stayed. " + many(5));
  archive.index();
  CHECK(lit(archive.hit("oil NEAR/4 price")) == Words{"price", "oil"});
  CHECK(lit(archive.hit("price ADJ/4 oil")) == Words{"price", "oil"});
}

TEST_CASE("words that say little are lit in a phrase, or when there is nothing else") {
  Archive archive;
  archive.add("1.txt", "Harbour news\n\nThe war in the islands was the longest of the century.");
  archive.index();
  CHECK(lit(archive.hit("the war in islands")) == Words{"war", "islands"});
  CHECK(lit(archive.hit("\"of the century\" war")) == Words{"war", "of", "the", "century"});
  CHECK(lit(archive.hit("exact:the war")) == Words{"The", "war", "the", "the", "the"});
  CHECK(lit(archive.hit("the")) == Words{"The", "the", "the", "the"});
}

TEST_CASE("what is excluded is not lit") {
  Archive archive;
  archive.add("1.txt", "Harbour news\n\nThe treaty was signed; the boats stayed.");
  archive.index();
  CHECK(lit(archive.hit("treaty -submarine")) == Words{"treaty"});
}

TEST_CASE("found words are lit in the title, and the passage is not the title again") {
  Archive archive;
  const std::string title = "Ferry fares to the outer islands rise for the third time";
  archive.add("1.txt",
              title + "\n\n" + title + "\n\nPassengers were angry about the fares. " + many(4));
  archive.index();
  const Hit hit = archive.hit("ferry fares");
  CHECK(lit(hit.title, hit.title_highlights) == Words{"Ferry", "fares"});
  CHECK(hit.snippet.text.starts_with("Passengers were angry about the fares."));
  CHECK(lit(hit) == Words{"fares"});
}

TEST_CASE("the line with the date is in no passage, nor a phrase that would begin there") {
  Archive archive;
  write_file(archive.folder / "archive/1.txt", "date 2023-03-03\nTalks resume\n");
  archive.index();
  const Hit hit = archive.hit("\"03 talks\" OR resume");
  CHECK(hit.snippet == Snippet{.text = "Talks resume", .highlights = {{6, 12}}});
}

TEST_CASE("a word that stands only beside repeats of the title is shown and lit") {
  Archive archive;
  archive.add("1.txt",
              "Ferry fares to the outer islands rise again\n\nFerry fares to the outer islands "
              "rise again - Quaggaphoto\n\n"
              "Ferry fares to the outer islands rise again\n\nIt was said in the harbour. " +
                  many(5));
  archive.index();
  CHECK(lit(archive.hit("quaggaphoto")) == Words{"Quaggaphoto"});
  CHECK_THAT(archive.hit("harbour").snippet.text, Catch::StartsWith("It was said in the harbour."));
}

TEST_CASE("the quotations of a hit are those of the speaker asked for, or with the words, or all") {
  Archive archive;
  archive.add(
      "1.txt",
      "Harbour news\n\n\"We met,\" said Bo Ek. \"The ferry was late,\" said Anna "
      "Lind.\n\n\"It\nrained on the ferries,\" Anna Lind said. \"Nobody came,\" an official said.");
  archive.index();
  const auto quotes = [&](const std::string& query) {
    SearchRequest request;
    request.query = query;
    request.quotes = true;
    const ResultSet results = Searcher(archive.database).search(request);
    REQUIRE(results.hits.size() == 1);
    Words said;
    for (const auto& quote : results.hits[0].quotes.value())
      said.push_back(quote.speaker + ": " + quote.said.text);
    return said;
  };
  const std::string late = "Anna Lind: \"The ferry was late,\"";
  const std::string rained = "Anna Lind: \"It rained on the ferries,\"";
  CHECK(quotes("speaker:ek") == Words{"Bo Ek: \"We met,\""});
  CHECK(quotes("speaker:lind rain") == Words{late, rained});
  CHECK(quotes("rain") == Words{rained});
  CHECK(quotes("ferry") == Words{late, rained});
  CHECK(quotes("harbour").empty());
  CHECK(quotes("date:2023") == Words{"Bo Ek: \"We met,\"", late, rained, ": \"Nobody came,\""});
  CHECK_FALSE(archive.hit("ferry").quotes.has_value());
  CHECK(quotes("speaker:nobody OR rain") == Words{rained});
  archive.add("2.txt", "Weather\n\n\"It hailed,\" said Ola Berg.");
  archive.index();
  SearchRequest either;
  either.query = "speaker:ek OR hail";
  either.quotes = true;
  either.sort = SortOrder::oldest;
  const auto hits = Searcher(archive.database).search(either).hits;
  REQUIRE(hits.size() == 2);
  for (const auto& hit : hits)
    CHECK(hit.quotes->size() == (hit.title == "Weather" ? 0u : 1u));  // Ola Berg was not asked for
}

TEST_CASE(
    "a search by speaker shows what that speaker said of the matter, and puts the name first") {
  Archive archive;
  archive.add("1.txt",
              "Harbour news\n\n\"We met,\" said Bo Ek. " + many(4) +
                  "\"It was late,\" said Anna Lind. " + many(4) +
                  "\"The treaty will be signed in spring,\" Anna Lind said. The treaty is old. " +
                  many(4));
  archive.index();
  const Hit late = archive.hit("speaker:lind");
  CHECK(late.speakers == std::vector<Speaker>{{"Anna Lind"}, {"Bo Ek"}});
  CHECK(late.wanted_speakers == 1);
  CHECK(late.snippet.text.find("It was late") != std::string::npos);
  CHECK(lit(late) == Words{"Anna Lind"});
  const Hit treaty = archive.hit("speaker:lind treaty");
  CHECK(
      treaty.snippet.text.starts_with("\"The treaty will be signed in spring,\" Anna Lind said."));
  CHECK(lit(treaty) == Words{"treaty", "Anna Lind", "treaty"});
  CHECK(archive.hit("", {{Facet::speaker, "Anna Lind"}}).snippet == late.snippet);
}

TEST_CASE(
    "a passage begins with who speaks when the name stands shortly before the quotation, and "
    "lights it") {
  Archive archive;
  archive.add("1.txt", "Harbour news\n\n" + many(4) +
                           "Statement by Anna Lind, head of the harbours of the northern coast at "
                           "the Office of Ferries and Fares: \"We sail at dawn, and the ferry of "
                           "the islands sails with us. We sail again in spring.\"\n\n" +
                           many(4));
  archive.index();
  const Hit hit = archive.hit("speaker:lind");
  CHECK_THAT(hit.snippet.text, Catch::StartsWith("Statement by Anna Lind, head of the harbours"));
  CHECK(lit(hit) == Words{"Anna Lind"});
  CHECK(lit(archive.hit("speaker:lind ferry")) == Words{"Anna Lind", "Ferries", "ferry"});
  CHECK(lit(archive.hit("speaker:lind spring")) == Words{"spring"});  // too far behind the name
}

TEST_CASE(
    "a search by place, country or day shows where the text speaks of it, and puts the place "
    "first") {
  Archive archive;
  archive.add("1.txt", "Harbour news\n\nOn Monday they met in Oslo. " + many(4) +
                           "Two of them went on to Geneva in spring. " + many(4) +
                           "The fair opened on 24 February 2022. " + many(4));
  archive.index();
  for (const char* query :
       {"place:Geneva", "place:Switzerland", "country:CH", "near:\"Geneva,5km\""}) {
    INFO(query);
    const Hit hit = archive.hit(query);
    CHECK(hit.places.front().label == "Geneva, CH");
    CHECK(hit.wanted_places == 1);
    CHECK(hit.snippet.text.starts_with("Two of them went on to Geneva in spring."));
    CHECK(lit(hit) == Words{"Geneva"});
  }
  CHECK(lit(archive.hit("mentions:2022-02")) == Words{"24 February 2022"});
}

TEST_CASE("a hit tells where its places lie, and has an identity that is its path's") {
  Archive archive;
  archive.add("1.txt", "Harbour news\n\nTwo of them went on to Geneva in the spring.");
  archive.index();
  // Only what a list shows is read for the first, the whole record for the second.
  const Hit listed = archive.hit("spring");
  const Hit whole = archive.hit("place:Geneva");
  REQUIRE(listed.places.size() == 1);
  CHECK(listed.places == whole.places);
  CHECK(listed.places.front().id == 2660646);
  CHECK(listed.places.front().kind == PlaceKind::city);
  CHECK(listed.places.front().lat == Approx(46.2).margin(0.1));
  CHECK(listed.places.front().lon == Approx(6.15).margin(0.1));
  CHECK(listed.id.size() == 16);
  CHECK(listed.id == whole.id);
  archive.add("2.txt", "Harbour news\n\nNobody went anywhere in the summer.");
  archive.index();
  CHECK(archive.hit("spring").id == listed.id);
  CHECK(archive.hit("summer").id != listed.id);
}

TEST_CASE("a hit names each person once, as facets do, and nobody whom the user calls no name") {
  Archive archive;
  archive.add("1.txt",
              "Harbour news\n\n\"We met,\" said Anna Lind, the minister. \"So it is,\" Bo Ek said. "
              "\"Yes,\" said Carl Dahl.");
  write_file(archive.folder / "aliases.tsv",
             "Anna Lind\tAnna Lind-Berg\nBo Ek\tAnna Lind-Berg\nCarl Dahl\t\n");
  archive.index({"--aliases", (archive.folder / "aliases.tsv").string()});
  CHECK(archive.hit("met").speakers == std::vector<Speaker>{{"Anna Lind-Berg"}});
}

TEST_CASE("what one speaker said inside a longer statement of the same speaker is listed once") {
  Archive archive;
  archive.add("1.txt",
              "Harbour news\n\nThe clinic was full. Bo Ek said he had admitted 41 patients on "
              "Thursday alone.");  // said, and admitted
  archive.index();
  for (const char* query : {"speaker:ek", "patients", ""}) {
    SearchRequest request;
    request.query = query;
    request.quotes = true;
    const ResultSet results = Searcher(archive.database).search(request);
    REQUIRE(results.hits.size() == 1);
    Words said;
    for (const auto& quote : results.hits[0].quotes.value()) said.push_back(quote.said.text);
    CHECK(said == Words{"he had admitted 41 patients on Thursday alone"});
  }
}
