// What words, names, wildcards and dates of a query mean on the sample archive.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "query/query_error.h"
#include "tests/query/sample_index.h"

using namespace dateline;
using namespace dateline::test;

namespace {

std::set<std::string> search(const std::string& query) { return paths(searcher().search(request(query))); }

std::string explained(const std::string& query) {
  SearchRequest asked = request(query);
  asked.explain = true;
  return searcher().search(asked).explanation;
}

std::vector<std::string> notices(const std::string& query) { return searcher().search(request(query)).notices; }

std::string refusal(const std::string& query) {
  try {
    searcher().search(request(query));
  } catch (const QueryError& error) {
    return error.what();
  }
  return "answered";
}

}  // namespace

TEST_CASE("--explain lists every person of a surname, the commonest first") {
  CHECK_THAT(explained("speaker:otieno"), Catch::Contains("speaker:\"otieno\" means Amina Otieno; Joseph Otieno\n"));
  CHECK_THAT(explained("speaker:petrov*"), Catch::Contains("means Ivan Petrović; Marko Petrović; Radmila Petrović\n"));
}

TEST_CASE("--explain shows every stage: tokens, tree, resolved tree, what is matched and the posting lists read") {
  const std::string text = explained("treaties speaker:otieno date:2023");
  CHECK_THAT(text, Catch::StartsWith("tokens:\nword \"treaties\"\nfield \"speaker\"\nword \"otieno\"\n"));
  CHECK_THAT(text, Catch::Contains("tree: (all treaties speaker:\"otieno\" date:2023)\n"));
  CHECK_THAT(text, Catch::Contains("resolved: (all Ztreati [XSotieno] [Y2023])\n"));
  CHECK_THAT(text, Catch::Contains("matched: (all Ztreati [XSotieno] [Y2023])\npostings: Ztreati 15; XSotieno "));
}

TEST_CASE("a person is found under every spelling, whichever is asked for") {
  const auto both = search("speaker:\"Margaret T. Olsen\" OR speaker:\"Margaret Olsen\"");
  CHECK(both.size() == 7);
  CHECK(search("speaker:\"Margaret T. Olsen\"") == both);
  CHECK(search("speaker:\"Margaret Olsen\"") == both);
  CHECK(search("speaker:\"Margaret Ol*\"") == both);
}

TEST_CASE("a wildcard in a value is any name that has a part beginning so") {
  CHECK(search("speaker:petrov*") == search("speaker:Petrović"));
  CHECK(search("place:Gene*").size() >= search("place:Geneva").size());
  CHECK(search("country:Norw*") == search("country:NO"));
  CHECK(search("title:trea*") == search("title:treaty OR title:treaties"));
}

TEST_CASE("a country is found by its name as by its code") { CHECK(search("country:Norway") == search("country:NO")); }

TEST_CASE("a folder is found by the beginning of its articles' paths, however many") {
  const std::string folder = (source_folder() / "data/sample").string();
  CHECK(search("path:\"" + folder + "/x\" OR path:" + folder + "/*").size() == sample().records.size());
  const std::string first = sample().records.front().at("path");
  CHECK(search("path:\"" + first + "\"") == std::set<std::string>{first});
  CHECK(notices("path:/nowhere/*") == std::vector<std::string>{"no article has path:\"/nowhere/\"*"});
}

TEST_CASE("a word that occurs nowhere is named with the commonest of the nearest words, in phrases too") {
  using Notices = std::vector<std::string>;
  CHECK(notices("goverment") == Notices{"no article has the word \"goverment\"; did you mean government?"});
  CHECK(notices("\"seebed treaty\"") == Notices{"no article has the word \"seebed\"; did you mean seabed?"});
  CHECK(notices("xyzzy") == Notices{"no article has the word \"xyzzy\""});
  CHECK(notices("xyzzy*") == Notices{"no article has the word \"xyzzy*\""});
}

TEST_CASE("an unknown name is answered with whole names before names that have it as a part") {
  CHECK(notices("country:Norwya") == std::vector<std::string>{"no article has country:\"Norwya\"; did you mean Norway?"});
  CHECK(notices("speaker:\"Amina Otiemo\"") == std::vector<std::string>{"no article has speaker:\"Amina Otiemo\"; did you mean Amina Otieno?"});
}

TEST_CASE("when nothing has all the words, it is said how many articles have some") {
  const auto either = search("seabed OR strike").size();
  REQUIRE(search("seabed strike title:rain").empty());
  CHECK_THAT(notices("seabed strike title:rain").back(), Catch::Contains("some of them (--match any)"));
  CHECK(either > 0);
}

TEST_CASE("what expands too far is refused, never cut") {
  std::string words;
  for (int i = 0; i < 1001; ++i) words += fmt::format("{:x} ", i);
  CHECK(refusal(words) == "\"3e8\": with it the query has more than 1000 terms");
}

TEST_CASE("a query that has the lists of too many common words read is refused") {
  SearchRequest asked = request("\"of the\" OR \"in the\" OR \"to the\"");
  asked.least_work = 0;
  CHECK(searcher().search(asked).total > 0);
  asked.query += " OR \"of the\" OR \"in the\" OR \"to the\" OR \"of the\"";
  CHECK_THROWS_WITH(searcher().search(asked), "the query has too many words, or phrases of words, that most articles have");
}

TEST_CASE("suggestions are made for ten unknown words and values of a query, the others are named without") {
  std::string query;
  for (int i = 0; i < 12; ++i) query += fmt::format("speaker:\"Amina Otiem{}\" ", static_cast<char>('a' + i));
  const auto all = notices(query);
  REQUIRE(all.size() == 12);
  CHECK(std::ranges::count_if(all, [](const std::string& notice) { return notice.find("did you mean") != std::string::npos; }) == 10);
}

TEST_CASE("capitals of a query's words make no difference") { CHECK(search("Treaty TALKS") == search("treaty talks")); }
