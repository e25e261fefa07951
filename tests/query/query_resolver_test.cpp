// What words, names, wildcards and dates of a query mean on the sample archive.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "query/language/query_error.h"
#include "query/render/notice_text.h"
#include "tests/query/sample_index.h"

using namespace dateline;
using namespace dateline::test;

namespace {

std::set<std::string> search(const std::string& query) {
  return paths(searcher().search(request(query)));
}

std::string explained(const std::string& query) {
  SearchRequest asked = request(query);
  asked.explain = true;
  return searcher().search(asked).explanation;
}

std::vector<std::string> notices(const std::string& query) {
  return noticed(searcher().search(request(query)));
}

using Notices = std::vector<std::string>;

std::string refusal(const SearchRequest& asked) {
  try {
    searcher().search(asked);
  } catch (const QueryError& error) {
    return notice_text(error.why());
  }
  return "answered";
}
std::string refusal(const std::string& query) { return refusal(request(query)); }

}  // namespace

TEST_CASE("--explain lists every person of a surname, the commonest first") {
  CHECK_THAT(explained("speaker:otieno"),
             Catch::Contains("speaker:\"otieno\" means Amina Otieno; Joseph Otieno\n"));
  CHECK_THAT(explained("speaker:petrov*"),
             Catch::Contains("means Ivan Petrović; Marko Petrović; Radmila Petrović\n"));
}

TEST_CASE(
    "--explain shows every stage: tokens, tree, resolved tree, what is matched and the posting "
    "lists read") {
  const std::string text = explained("treaties speaker:otieno date:2023");
  CHECK_THAT(text,
             Catch::StartsWith("tokens:\nword \"treaties\"\nfield \"speaker\"\nword \"otieno\"\n"));
  CHECK_THAT(text, Catch::Contains("tree: (all treaties speaker:\"otieno\" date:2023)\n"));
  CHECK_THAT(text, Catch::Contains("resolved: (all Ztreati [XSotieno] [Y2023])\n"));
  CHECK_THAT(text,
             Catch::Contains(
                 "matched: (all Ztreati [XSotieno] [Y2023])\npostings: Ztreati 15; XSotieno "));
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

TEST_CASE("a country is found by its name as by its code") {
  CHECK(search("country:Norway") == search("country:NO"));
}

TEST_CASE("a folder is found by the beginning of its articles' paths, however many") {
  const std::string folder = (source_folder() / "data/sample").string();
  CHECK(search("path:\"" + folder + "/x\" OR path:" + folder + "/*").size() ==
        sample().records.size());
  const std::string first = sample().records.front().at("path");
  CHECK(search("path:\"" + first + "\"") == std::set<std::string>{first});
  CHECK(notices("path:/nowhere/*") ==
        std::vector<std::string>{"no article has path:\"/nowhere/\"*"});
}

TEST_CASE(
    "a word that occurs nowhere is named with the commonest of the nearest words, in phrases too") {
  CHECK(notices("goverment") ==
        Notices{"no article has the word \"goverment\"; did you mean government?"});
  CHECK(notices("\"seebed treaty\"") ==
        Notices{"no article has the word \"seebed\"; did you mean seabed?"});
  CHECK(notices("xyzzy") == Notices{"no article has the word \"xyzzy\""});
  CHECK(notices("xyzzy*") == Notices{"no article has the word \"xyzzy*\""});
}

TEST_CASE("an unknown name is answered with whole names before names that have it as a part") {
  CHECK(notices("country:Norwya") ==
        std::vector<std::string>{"no article has country:\"Norwya\"; did you mean country:Norway?; "
                                 "country: takes an ISO 3166-1 code or an English name"});
  CHECK(notices("speaker:\"Amina Otiemo\"") ==
        std::vector<std::string>{
            "no article has speaker:\"Amina Otiemo\"; did you mean 'speaker:\"Amina Otieno\"'?"});
}

TEST_CASE(
    "a country written as another language or a slip has it is answered with the country that "
    "begins alike") {
  const std::string takes = "; country: takes an ISO 3166-1 code or an English name";
  CHECK(notices("country:Norwegia") ==
        Notices{"no article has country:\"Norwegia\"; did you mean country:Norway?" + takes});
  CHECK(notices("country:Francia") ==
        Notices{"no article has country:\"Francia\"; did you mean country:France?" + takes});
  CHECK(notices("country:Norxxxxxxx") == Notices{"no article has country:\"Norxxxxxxx\"" + takes});
}

TEST_CASE(
    "when nothing has all the words, it is said how many articles have some, filters and fields in "
    "force") {
  const auto either = search("seabed OR strike OR title:rain").size();
  REQUIRE(search("seabed strike title:rain").empty());
  CHECK(notices("seabed strike title:rain").back() ==
        fmt::format("no article has all the words; {} have some of them (--match any)", either));
  REQUIRE(search("seabed strike speaker:olsen").empty());
  const auto of_olsen = search("(seabed OR strike) speaker:olsen").size();
  REQUIRE(of_olsen > 1);
  CHECK(notices("seabed strike speaker:olsen") ==
        Notices{fmt::format("no article has all the words; {} have some of them (--match any)",
                            of_olsen)});
}

TEST_CASE("when fields or filters exclude what the words find, that is said") {
  SearchRequest asked = request("treaty talks");
  const auto both = searcher().search(asked).total;
  REQUIRE(both > 1);
  asked.filters = {{Facet::month, "1999-01"}};
  CHECK(noticed(searcher().search(asked)) ==
        Notices{"--filter month=1999-01: no article has this value",
                fmt::format("{} articles have the words, but not with the filters", both)});
  CHECK(notices("treaty talks speaker:nkosi date:2023-01-01").back() ==
        fmt::format("{} articles have the words, but not with the fields", both));
  CHECK(notices("treaty talks -the").back() ==
        fmt::format("{} articles have the words, but not with the exclusions", both));
}

TEST_CASE("--match any is not offered where it would not help") {
  CHECK(notices("treaty AND zucchini") == Notices{"no article has the word \"zucchini\""});
  CHECK(notices("treaty zucchini").back() ==
        fmt::format("no article has all the words; {} have some of them (--match any)",
                    search("treaty").size()));
}

TEST_CASE("--match any does not part what AND joins") {
  SearchRequest asked = request("treaty AND talks strike");
  asked.match = MatchMode::any;
  CHECK(paths(searcher().search(asked)) == search("(treaty AND talks) OR strike"));
}

TEST_CASE("a word that stands often is read once and weighs as often as it stands") {
  CHECK_THAT(explained("treaty talks treaty treaty"),
             Catch::Contains("resolved: (all 3*Ztreati Ztalk)"));
  SearchRequest once = request("treaty"), thrice = request("treaty treaty treaty");
  CHECK(searcher().search(thrice).hits.front().score ==
        Approx(3 * searcher().search(once).hits.front().score));
  std::string many;
  for (int i = 0; i < 999; ++i) many += "the ";
  CHECK(search(many) == search("the"));
}

TEST_CASE("stop words are left out beside other words and read where nothing else stands") {
  SearchRequest asked = request("the treaty");
  asked.match = MatchMode::any;
  CHECK(paths(searcher().search(asked)) == search("treaty"));
  for (const char* query : {"the", "the speaker:otieno", "the -treaty"}) {
    asked.query = query;
    CHECK(paths(searcher().search(asked)) == search(query));
  }
}

TEST_CASE("a part of a name at a hyphen is a part of it") {
  const auto all = search("speaker:\"Ingrid Solheim-Aas\"");
  CHECK(all.size() == 7);
  CHECK(search("speaker:solheim") == all);
  CHECK(search("speaker:aas") == all);
  CHECK(search("speaker:solheim-aas") == all);
  CHECK(search("speaker:\"ingrid sol*\"") == all);
}

TEST_CASE("a country is found by every name and code, whether or not an article names it so") {
  const auto kingdom = search("country:GB");
  REQUIRE(!kingdom.empty());
  for (const char* name :
       {"UK", "U.K.", "Britain", "\"Great Britain\"", "GBR", "\"united kingdom\""})
    CHECK(search(fmt::format("country:{}", name)) == kingdom);
  CHECK(search("country:America") == search("country:US"));
  CHECK(search("country:USA") == search("country:US"));
  CHECK(notices("country:Burma").front() == "no article has country:\"Burma\"");
  CHECK(notices("focus:Nowhereland").front() ==
        "no article has focus:\"Nowhereland\"; focus: takes an ISO 3166-1 code or an English name");
}

TEST_CASE("a country's other names as a place mean the country and all that lies in it") {
  const auto country = search("place:\"United States\"");
  REQUIRE(country.size() > 3);
  for (const char* name : {"USA", "U.S.", "America", "\"United States of America\""})
    CHECK(search(fmt::format("place:{}", name)) == country);
}

TEST_CASE("the beginning of a label, part by part, means the place") {
  CHECK(search("place:\"Springfield, Illinois\"") == search("place:\"Springfield, Illinois, US\""));
  CHECK(!search("place:\"Springfield, Illinois\"").empty());
  CHECK(search("place:\"Springfield, Ill\"").empty());
  CHECK(search("near:\"Springfield, Illinois,5km\"") ==
        search("near:\"Springfield, Illinois, US,5km\""));
}

TEST_CASE("a place that means several says which") {
  const auto said = notices("place:Springfield");
  REQUIRE(said.size() == 1);
  CHECK_THAT(
      said.front(),
      Catch::StartsWith("place:\"Springfield\" means Springfield, Illinois, US or Springfield, ") &&
          Catch::EndsWith("; for one of them write 'place:\"Springfield, Illinois, US\"'"));
  CHECK(notices("place:\"Springfield, Illinois\"").empty());
}

TEST_CASE(
    "a place written with its country, or without a blank, is answered with the places of its "
    "name") {
  CHECK_THAT(notices("place:\"Geneva, Switzerland\"").front(),
             Catch::Contains("did you mean 'place:\"Geneva, CH\"'"));
  CHECK_THAT(notices("near:\"Geneva, Switzerland,50km\"").front(),
             Catch::Contains("did you mean 'near:\"Geneva, CH,50km\"'"));
  CHECK(search("place:\"Geneva,CH\"") == search("place:\"Geneva, CH\""));
  CHECK_THAT(notices("place:\"Paris, France\"").front(),
             Catch::Contains("did you mean 'place:\"Paris, FR\"'"));
  CHECK(search("near:\"USA,1km\"") == search("near:\"United States,1km\""));
  CHECK_FALSE(search("near:\"USA,1km\"").empty());
}

TEST_CASE("a date that no article is of, or speaks of, is named") {
  CHECK(notices("date:2023-02-26") == Notices{"no article has date:2023-02-26"});
  CHECK(notices("mentions:1201") == Notices{"no article has mentions:1201"});
}

TEST_CASE("a surname that means several persons says which") {
  CHECK(notices("speaker:otieno") ==
        Notices{"speaker:\"otieno\" means Amina Otieno and Joseph Otieno; for one of them write "
                "'speaker:\"Amina Otieno\"'"});
  CHECK(notices("speaker:\"Amina Otieno\"").empty());
  CHECK(notices("speaker:otien*").empty());
}

TEST_CASE("a word missing from titles is answered with words of titles") {
  CHECK(notices("title:traety") ==
        Notices{"no article has the word \"traety\" in its title; did you mean treaty?"});
  REQUIRE(!search("price").empty());
  CHECK(notices("title:pricey") == Notices{"no article has the word \"pricey\" in its title"});
}

TEST_CASE("dates beyond the archive's are answered with its last or first day") {
  CHECK(notices("date:2030..").front().starts_with("date:2030..: the newest article is of 20"));
  CHECK(notices("date:1850").front().starts_with("date:1850: the oldest article is of 20"));
  CHECK(notices("date:2023").empty());
}

TEST_CASE("a page beyond the last hit is said to be one") {
  SearchRequest asked = request("treaty");
  const auto total = searcher().search(asked).total;
  asked.offset = 5000;
  CHECK(noticed(searcher().search(asked)) ==
        Notices{fmt::format("--offset 5000: there are {} hits", total)});
}

TEST_CASE("more than twenty near: are refused") {
  std::string query;
  for (int i = 0; i < 21; ++i) query += fmt::format("near:\"{},6.1,5km\" ", i);
  CHECK(refusal(query) == "more than 20 near: in a query");
}

TEST_CASE(
    "a search does not know the working directory: a relative path without a base finds none") {
  const std::filesystem::path first = sample().records.front().at("path").get<std::string>();
  const std::string relative = first.lexically_relative(std::filesystem::current_path()).string();
  CHECK(search("path:\"" + relative + "\"").empty());
  SearchRequest like = request("");
  like.more_like = relative;
  CHECK_THROWS_AS(searcher().search(like), QueryError);
  like.paths.folder = std::filesystem::current_path().string();
  CHECK(searcher().search(like).total > 1);
  CHECK_FALSE(searcher().show(relative));
  CHECK(searcher().show(first.string()));
}

TEST_CASE("a path may be relative, begin at home or hold blanks; what is none is told the form") {
  const std::filesystem::path first = sample().records.front().at("path").get<std::string>();
  const auto from = [&](const std::string& query, const PathBase& base) {
    SearchRequest asked = request(query);
    asked.paths = base;
    return paths(searcher().search(asked));
  };
  const std::string folder = first.parent_path().parent_path().string();
  const std::string name = first.filename().string();
  const std::string below = first.parent_path().filename().string();
  const std::set<std::string> found{first.string()};
  CHECK(from("path:\"" + below + "/" + name + "\"", {.folder = folder}) == found);
  CHECK(from("path:\"" + below + "/../" + below + "/*\"", {.folder = folder}).contains(first));
  CHECK(from("path:~/" + name, {.home = first.parent_path().string()}) == found);
  CHECK(
      notices("path:/nowhere") ==
      Notices{
          "no article has path:\"/nowhere\"; path: takes the whole path, or its beginning and *"});
}

TEST_CASE("a filter's value that nobody has is answered with values as --filter takes them") {
  const auto said = [](Facet facet, const std::string& value) {
    SearchRequest asked = request("");
    asked.filters = {{facet, value}};
    return noticed(searcher().search(asked));
  };
  CHECK(said(Facet::speaker, "Margaret Olsn") ==
        Notices{"--filter speaker=Margaret Olsn: no article has this value; did you mean "
                "'speaker=Margaret T. Olsen'?"});
  CHECK(said(Facet::place, "Springfield")
            .front()
            .starts_with("--filter place=Springfield: no article has this value; did you mean "
                         "'place=Springfield, Illinois, US' or "));
  CHECK(said(Facet::country, "Norwegia") ==
        Notices{
            "--filter country=Norwegia: no article has this value; did you mean country=Norway?"});
  CHECK(said(Facet::place, "Xyzzy") == Notices{"--filter place=Xyzzy: no article has this value"});
  CHECK(said(Facet::country, "XX") == Notices{"--filter country=XX: no article has this value"});
  CHECK(said(Facet::country, "Norway").empty());
  CHECK(said(Facet::year, "1850") == Notices{"--filter year=1850: no article has this value"});
}

TEST_CASE(
    "a filter by another spelling of a person means the person, by a country's name the country") {
  SearchRequest asked = request("");
  asked.filters = {{Facet::speaker, "Margaret Olsen"}};
  const ResultSet results = searcher().search(asked);
  CHECK(noticed(results) ==
        Notices{"--filter speaker=Margaret Olsen means Margaret T. Olsen, under "
                "which this person is counted"});
  CHECK(paths(results) == search("speaker:\"Margaret Olsen\""));
  asked.filters = {{Facet::country, "Norway"}};
  CHECK(paths(searcher().search(asked)) == search("country:NO"));
}

TEST_CASE("a filter of dates wants a date of its unit") {
  const auto refused = [](Facet facet, const std::string& value) {
    SearchRequest asked = request("");
    asked.filters = {{facet, value}};
    try {
      searcher().search(asked);
    } catch (const QueryError& error) {
      return notice_text(error.why()) + " | " + hint_text(error.why());
    }
    return std::string("answered");
  };
  CHECK(refused(Facet::mentions_day, "2022") ==
        "--filter mentions-day=2022: no day | for example mentions-day=2023-03-03");
  CHECK(refused(Facet::mentions_month, "2023") ==
        "--filter mentions-month=2023: no month | for example mentions-month=2023-03");
  CHECK(refused(Facet::mentions_year, "abc") ==
        "--filter mentions-year=abc: no year | for example mentions-year=2023");
  CHECK(refused(Facet::day, "2023") == "--filter day=2023: no day | for example day=2023-03-03");
}

TEST_CASE("the hint of a field that is none names the one meant") {
  const auto hint = [](const std::string& query) {
    try {
      searcher().search(request(query));
    } catch (const QueryError& error) {
      return hint_text(error.why());
    }
    return std::string("answered");
  };
  CHECK(hint("\"seabed treaty\"~5") == "write seabed NEAR/5 treaty");
  CHECK(hint("year=2023") == "write date:2023");
  CHECK(hint("date>2023") == "write date:2023..");
  CHECK(hint("date<=2023-03") == "write date:..2023-03");
  CHECK(hint("before=2023") == "write date:..2023");
  CHECK(hint("after:2023") == "write date:2023..");
  CHECK(hint("speaker=\"Anna Lind\"") == "write 'speaker:\"Anna Lind\"'");
  CHECK(hint("speaker:-\"Anna Lind\"") == "write '-speaker:\"Anna Lind\"'");
  CHECK(hint("title:-(a b)") == "put the minus before title:");
  CHECK(hint("near:-33.9,151.2,50km") == "write 'near:\"-33.9,151.2,50km\"'");
  CHECK(hint("\"a b\"~500") == "write a NEAR/5 b");
  CHECK(hint("title:\"seabed treaty\"~5") == "for example: oil NEAR/5 price");
  CHECK(hint("2023-01..2023-03") == "for example date:2023..2024");
  CHECK(hint("speaker:-otieno") == "write -speaker:otieno");
  CHECK(hint("date:-30d..") == "write date:30d..");
  CHECK(hint("oil NEAR/5 price NEAR/6 fall") ==
        "for example (oil NEAR/5 price) AND (price NEAR/9 fall)");
  CHECK(hint("date:202") == "the decade is written 2020s");
  CHECK(hint("xyzzy:2023") ==
        "dateline-query --fields lists the fields; quote the text to search for it: "
        "'\"xyzzy:2023\"'");
  CHECK(hint("near:") == "for example 'near:\"Geneva,50km\"'");
  CHECK(hint("near:Geneva") ==
        "for example 'near:\"Geneva,50km\"', 'near:\"Paris, Texas,20mi\"', "
        "'near:\"46.2,6.15,50km\"'");
  CHECK(hint("year:2023") == "did you mean date: ?");
  CHECK(hint("mentions_year:2022") == "did you mean mentions: ?");
  CHECK(hint("spéakr:lind") == "did you mean speaker: ?");
  CHECK(hint("author:lind") == "did you mean speaker: ?");
  CHECK(hint("date:2023-01-2023-06") == "write 2023-01..2023-06");
  CHECK(hint("speaker=olsen") == "write speaker:olsen");
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
  CHECK(refusal(asked) ==
        "the query has too many words, or phrases of words, that most articles have");
}

TEST_CASE("each negation that stands by itself reads the archive, and so many are refused") {
  std::string query = "-zebra";
  for (int i = 0; i < 60; ++i) query += fmt::format(" OR -zebra{}", i);
  SearchRequest asked = request(query);
  CHECK(searcher().search(asked).total == searcher().search(request("")).total);
  asked.least_work = 0;
  CHECK(refusal(asked) ==
        "the query has too many words, or phrases of words, that most articles have");
  asked.query = "treaty";
  for (int i = 0; i < 60; ++i) asked.query += fmt::format(" -zebra{}", i);
  CHECK(searcher().search(asked).total > 0);
}

TEST_CASE(
    "suggestions are made for ten unknown words and values of a query, the others are named "
    "without") {
  std::string query;
  for (int i = 0; i < 12; ++i)
    query += fmt::format("speaker:\"Amina Otiem{}\" ", static_cast<char>('a' + i));
  const auto all = notices(query);
  REQUIRE(all.size() == 12);
  CHECK(std::ranges::count_if(all, [](const std::string& notice) {
          return notice.find("did you mean") != std::string::npos;
        }) == 10);
}

TEST_CASE("capitals of a query's words make no difference") {
  CHECK(search("Treaty TALKS") == search("treaty talks"));
}

TEST_CASE("a notice and a refusal are values: kind, field, value, suggestions, position") {
  const auto said = searcher().search(request("treaty speaker:\"Amina Otiemo\"")).notices;
  REQUIRE(said.size() == 2);
  CHECK(said[0] == Notice{.kind = NoticeKind::unknown_value,
                          .field = "speaker",
                          .value = "Amina Otiemo",
                          .suggestions = {"speaker:\"Amina Otieno\""},
                          .position = 15});
  CHECK(said[1].kind == NoticeKind::words_without_rest);
  CHECK(said[1].names == Notices{"fields"});
  try {
    searcher().search(request("treaty speaker=\"Anna Lind\""));
    FAIL("answered");
  } catch (const QueryError& error) {
    CHECK(error.why() == Notice{.kind = NoticeKind::comparison,
                                .field = "speaker",
                                .value = "speaker=",
                                .suggestions = {"speaker:\"Anna Lind\""},
                                .position = 7});
  }
}

TEST_CASE("an unknown word that stands twice is noticed once, at its first place") {
  const auto said = searcher().search(request("xyzzy treaty xyzzy")).notices;
  REQUIRE(!said.empty());
  CHECK(said[0].position == 0);
  CHECK(std::ranges::count(said, NoticeKind::unknown_word, &Notice::kind) == 1);
}
