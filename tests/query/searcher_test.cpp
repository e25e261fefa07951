// Searches over the sample archive, indexed once by the real program, against what its records say.
#include "query/searcher.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "common/text/unicode.h"
#include "query/language/near_query.h"
#include "query/language/query_error.h"
#include "tests/query/sample_index.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

template <class Holds>
std::set<std::string> records_that(Holds&& holds) {
  std::set<std::string> found;
  for (const auto& record : sample().records) {
    if (holds(record)) found.insert(record.at("path").get<std::string>());
  }
  return found;
}

std::set<std::string> search(const std::string& query) {
  return paths(searcher().search(request(query)));
}

bool speaks(const nlohmann::json& record, const std::string& name) {
  return std::ranges::any_of(record.at("speakers"),
                             [&](const auto& speaker) { return speaker.at("name") == name; });
}

bool mentions_country(const nlohmann::json& record, const std::string& code) {
  return std::ranges::any_of(record.at("places"),
                             [&](const auto& place) { return place.value("country", "") == code; });
}

}  // namespace

TEST_CASE("of every facet, every value's count is the number of hits when filtered by it") {
  for (const char* query : {"", "treaty OR strike OR minister"}) {
    SearchRequest all = request(query);
    all.limit = 0;
    for (const auto& facet : kFacets) all.facets.push_back({facet.field, std::nullopt});
    const ResultSet results = searcher().search(all);
    REQUIRE(results.facets.size() == kFacets.size());
    std::size_t values = 0;
    for (const auto& facet : results.facets) {
      INFO(query << " " << info(facet.facet).name);
      CHECK(facet.distinct == facet.values.size());
      CHECK(facet.values.size() > 1);
      std::set<std::string> shown;
      for (const auto& value : facet.values) {
        CHECK(shown.insert(value.value).second);
        SearchRequest one = request(query);
        one.filters = {{facet.facet, value.value}};
        INFO(value.value);
        const ResultSet filtered = searcher().search(one);
        CHECK(filtered.total == value.count);
        CHECK(filtered.hits.size() == value.count);
        ++values;
      }
    }
    CHECK(values > 300);
  }
}

TEST_CASE("a shortened list of facet values is the head of the whole one, equal counts by name") {
  SearchRequest asked = request("");
  asked.limit = 0;
  std::size_t ties = 0;
  for (const auto& facet : kFacets) {
    asked.facets = {{facet.field, std::nullopt}};
    const FacetResult whole = searcher().search(asked).facets.front();
    const std::size_t most = std::min<std::size_t>(whole.values.size(), 40);
    for (std::size_t n = 1; n <= most; ++n) {
      asked.facets = {{facet.field, n}};
      const FacetResult head = searcher().search(asked).facets.front();
      INFO(facet.name << " " << n);
      const auto end = whole.values.begin() + static_cast<std::ptrdiff_t>(n);
      CHECK(head.values == std::vector<FacetCount>(whole.values.begin(), end));
      CHECK(head.distinct == whole.distinct);
      ties += n < whole.values.size() && end[-1].count == end->count ? 1 : 0;
    }
  }
  CHECK(ties > 10);
}

TEST_CASE(
    "facet values by name stand as a reader looks for them, and a part begins behind a bracket as "
    "well") {
  SearchRequest asked = request("");
  asked.facets = {{.facet = Facet::speaker, .most = std::nullopt}};
  asked.facet_sort = FacetSort::name;
  const auto by_name = searcher().search(asked).facets.front().values;
  std::vector<std::string> keys;
  for (const auto& value : by_name) keys.push_back(fold_name(value.value));
  CHECK(std::ranges::is_sorted(keys));
  CHECK_FALSE(std::ranges::is_sorted(
      by_name, {}, &FacetCount::value));  // there are names that begin with an accent

  asked.facets = {{.facet = Facet::place, .most = std::nullopt}};
  const auto places = searcher().search(asked).facets.front().values;
  const auto bracket = std::ranges::find_if(
      places, [](const FacetCount& place) { return place.value.find(" (") != std::string::npos; });
  REQUIRE(bracket != places.end());
  const auto at = bracket->value.find(" (") + 2;
  asked.facet_prefix = bracket->value.substr(at, 4);
  const auto begun = searcher().search(asked).facets.front().values;
  CHECK(std::ranges::find(begun, *bracket) != begun.end());
}

TEST_CASE("a search by speaker, country, month and mentioned day finds what the records say") {
  const auto by_speaker =
      records_that([](const auto& record) { return speaks(record, "Amina Otieno"); });
  REQUIRE(by_speaker.size() > 3);
  CHECK(search("speaker:\"Amina Otieno\"") == by_speaker);

  const auto by_country =
      records_that([](const auto& record) { return mentions_country(record, "NO"); });
  REQUIRE(by_country.size() > 3);
  CHECK(search("country:NO") == by_country);

  const auto by_month = records_that([](const auto& record) {
    return record.at("date").template get<std::string>().starts_with("2023-03");
  });
  REQUIRE(by_month.size() > 2);
  CHECK(search("date:2023-03") == by_month);

  CHECK(search("country:NO date:2023") == [&] {
    std::set<std::string> both;
    const auto year = records_that([](const auto& record) {
      return record.at("date").template get<std::string>().starts_with("2023");
    });
    std::ranges::set_intersection(by_country, year, std::inserter(both, both.end()));
    return both;
  }());
}

TEST_CASE("an index of a schema before this one is searched while an upgrade writes it anew") {
  for (int version = kOldestReadSchema; version < kSchemaVersion; ++version) {
    INFO(version);
    Searcher old(source_folder() / ("tests/data/index_schema_" + std::to_string(version)));
    SearchRequest ferry = request("ferry speaker:odhiambo");
    ferry.facets = {{Facet::place, std::nullopt}};
    const ResultSet found = old.search(ferry);
    CHECK(paths(found) == std::set<std::string>{"/srv/archive/2023/lake-ferry.txt"});
    REQUIRE(found.facets.size() == 1);
    CHECK(std::ranges::any_of(found.facets.front().values,
                              [](const auto& value) { return value.value == "Mombasa, KE"; }));
    CHECK(paths(old.search(request("date:2023-03-05 \"café owners\""))) ==
          std::set<std::string>{"/srv/archive/2023/cafe.txt"});
  }
}

TEST_CASE("an index of a schema before those is refused") {
  CHECK_THROWS_WITH(Searcher(source_folder() / "tests/data/index_schema_3"),
                    Catch::EndsWith(": schema version \"3\", this program reads 4 to 5"));
}

TEST_CASE("a mention matches when the days it spans lie inside those asked for") {
  const auto inside = [](const nlohmann::json& record, const DayRange& asked) {
    return std::ranges::any_of(record.at("dates"), [&](const auto& date) {
      const DayRange days =
          days_of(*parse_partial_date(date.at("value").template get<std::string>()));
      return asked.first <= days.first && days.last <= asked.last;
    });
  };
  for (const std::string value : {"2023", "2023-06", "2022", "2024-02-29", "2023-W10", "2019"}) {
    INFO(value);
    const DayRange asked = days_of(*parse_partial_date(value));
    CHECK(search("mentions:" + value) ==
          records_that([&](const auto& record) { return inside(record, asked); }));
  }
}

TEST_CASE("two values of one facet mean either, of two facets both") {
  SearchRequest either = request("");
  either.filters = {{Facet::country, "NO"}, {Facet::country, "KE"}};
  CHECK(paths(searcher().search(either)) == records_that([](const auto& record) {
          return mentions_country(record, "NO") || mentions_country(record, "KE");
        }));
  SearchRequest both = request("");
  both.filters = {{Facet::country, "NO"}, {Facet::year, "2024"}};
  CHECK(paths(searcher().search(both)) == records_that([](const auto& record) {
          return mentions_country(record, "NO") &&
                 record.at("date").template get<std::string>().starts_with("2024");
        }));
}

TEST_CASE("pages laid side by side are the whole, in every order") {
  for (const auto sort : {SortOrder::relevance, SortOrder::newest, SortOrder::oldest}) {
    SearchRequest whole = request("treaty OR minister");
    whole.sort = sort;
    std::vector<std::string> expected;
    for (const auto& hit : searcher().search(whole).hits) expected.push_back(hit.path);
    REQUIRE(expected.size() > 20);
    std::vector<std::string> paged;
    SearchRequest page = whole;
    page.limit = 7;
    for (page.offset = 0; page.offset < expected.size(); page.offset += 7) {
      const ResultSet results = searcher().search(page);
      CHECK(results.total == expected.size());
      for (const auto& hit : results.hits) paged.push_back(hit.path);
    }
    CHECK(paged == expected);
  }
}

TEST_CASE("articles of equal weight stand newest first, then by path") {
  for (const auto* query : {"the", "treaty OR strike", "exact:monday", "said"}) {
    const auto hits = searcher().search(request(query)).hits;
    for (std::size_t i = 1; i < hits.size(); ++i) {
      CHECK(hits[i - 1].score >= hits[i].score);
      if (hits[i - 1].score != hits[i].score) continue;
      CHECK(std::pair{hits[i].date, hits[i - 1].path} <= std::pair{hits[i - 1].date, hits[i].path});
    }
  }
}

TEST_CASE("hits without records are the same, with path, date and score") {
  SearchRequest asked = request("treaty OR strike");
  const auto whole = searcher().search(asked).hits;
  asked.records = false;
  const auto bare = searcher().search(asked).hits;
  REQUIRE(whole.size() == bare.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(std::tie(whole[i].path, whole[i].date, whole[i].score) ==
          std::tie(bare[i].path, bare[i].date, bare[i].score));
    CHECK(bare[i].title.empty());
  }
}

TEST_CASE("the empty query is everything, newest first") {
  const ResultSet results = searcher().search(request(""));
  CHECK(results.total == sample().records.size());
  CHECK(std::ranges::is_sorted(results.hits, std::greater{}, &Hit::date));
}

TEST_CASE(
    "a timeline has a row for every unit from the first hit to the last, and counts as the records "
    "do") {
  for (const DateUnit unit : {DateUnit::day, DateUnit::week, DateUnit::month, DateUnit::year}) {
    for (const auto* query : {"", "treaty", "speaker:arden -place:Texas"}) {
      auto asked = request(query);
      asked.timeline = unit;
      const auto results = searcher().search(asked);
      REQUIRE(results.timeline.has_value());
      std::map<std::string, std::uint64_t> expected;
      for (const auto& hit : results.hits) {
        const Day day = hit.date;
        ++expected[to_string(unit == DateUnit::day     ? day_value(day)
                             : unit == DateUnit::week  ? iso_week_value(day)
                             : unit == DateUnit::month ? month_value(day)
                                                       : year_value(day))];
      }
      INFO(to_string(unit) << " of " << query);
      const auto& rows = results.timeline->rows;
      REQUIRE(!rows.empty());
      CHECK(rows.front().count > 0);
      CHECK(rows.back().count > 0);
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto held = expected.find(rows[i].value);
        CHECK(rows[i].count == (held == expected.end() ? 0 : held->second));
        sum += rows[i].count;
        if (i == 0) continue;
        CHECK(days_of(*parse_partial_date(rows[i - 1].value)).last + std::chrono::days{1} ==
              days_of(*parse_partial_date(rows[i].value)).first);
      }
      CHECK(sum == results.total);
    }
  }
  auto nothing = request("treaty date:1850");
  nothing.timeline = DateUnit::day;
  CHECK(searcher().search(nothing).timeline->rows.empty());
}

TEST_CASE("oldest first is newest first, backwards in its days") {
  SearchRequest asked = request("treaty");
  asked.sort = SortOrder::oldest;
  CHECK(std::ranges::is_sorted(searcher().search(asked).hits, std::less{}, &Hit::date));
}

TEST_CASE("every hit of words holds them, and --match any is their union") {
  const auto treaty = search("treaty");
  const auto strike = search("strike");
  std::set<std::string> both, either;
  std::ranges::set_intersection(treaty, strike, std::inserter(both, both.end()));
  std::ranges::set_union(treaty, strike, std::inserter(either, either.end()));
  CHECK(search("treaty strike") == both);
  CHECK(search("treaty OR strike") == either);
  SearchRequest any = request("treaty strike");
  any.match = MatchMode::any;
  CHECK(paths(searcher().search(any)) == either);
  std::set<std::string> without;
  std::ranges::set_difference(treaty, strike, std::inserter(without, without.end()));
  CHECK(search("treaty -strike") == without);
}

TEST_CASE("an unknown value is a notice with suggestions and finds nothing") {
  const ResultSet results = searcher().search(request("speaker:\"Amina Otiemo\""));
  CHECK(results.total == 0);
  REQUIRE(results.notices.size() == 1);
  CHECK_THAT(noticed(results)[0], Catch::Contains("Amina Otieno"));
}

TEST_CASE("an index that is not there is a database error") {
  CHECK_THROWS_AS(Searcher("/nonexistent/index.db"), DatabaseError);
}

TEST_CASE("an article is shown whole, with its record") {
  const std::string path = sample().records.front().at("path").get<std::string>();
  const auto shown = searcher().show(path);
  REQUIRE(shown);
  CHECK(shown->path == path);
  CHECK(read_file(path).find(shown->text.substr(shown->text.size() / 2, 20)) != std::string::npos);
  CHECK_FALSE(searcher().show("/nonexistent.txt"));
}

TEST_CASE("near: finds the articles that name a place within the distance, and no others") {
  const auto within = [](double kilometres) {
    return records_that([&](const auto& record) {
      return std::ranges::any_of(record.at("places"), [&](const auto& place) {
        const std::string kind = place.at("kind");
        const bool point =
            std::ranges::count(std::vector<std::string>{"city", "town", "quarter", "district",
                                                        "island", "lake", "mountain"},
                               kind) > 0;
        return point && kilometres_between({51.51, -0.13},
                                           {place.at("lat").template get<double>(),
                                            place.at("lon").template get<double>()}) <= kilometres;
      });
    });
  };
  CHECK(search("near:\"51.51,-0.13,200km\"") == within(200));
  CHECK(search("near:\"51.51,-0.13,1000mi\"") == within(1609.344));
  CHECK(within(200) != within(1609.344));
  CHECK(search("-near:\"51.51,-0.13,200km\"").size() ==
        sample().records.size() - within(200).size());
}

TEST_CASE("near: of an ambiguous name means the one most named, and says so") {
  const ResultSet results = searcher().search(request("near:\"Springfield,5km\""));
  CHECK(results.total > 0);
  REQUIRE(results.notices.size() == 1);
  CHECK_THAT(noticed(results).front(),
             Catch::Contains("means Springfield, Illinois, US, the most named; not ") &&
                 Catch::Contains("Springfield, Massachusetts, US"));
  CHECK(searcher().search(request("near:\"Springfield, Massachusetts, US,5km\"")).notices.empty());
}

TEST_CASE("near: a place that no article names finds nothing, with a suggestion") {
  const ResultSet results = searcher().search(request("near:\"Nairobbi,5km\""));
  CHECK(results.total == 0);
  REQUIRE(results.notices.size() == 1);
  CHECK_THAT(noticed(results).front(),
             Catch::Contains("\"Nairobbi\"; did you mean 'near:\"Nairobi, KE,5km\"'?"));
}

TEST_CASE("near: reaches half around the earth") {
  CHECK(search("near:\"0,0,20015.9km\"").size() > 70);
  CHECK(kilometres_between({0, 0}, {0, 180}) == Approx(20015.1).margin(0.5));
  CHECK(kilometres_between({46.2, 179.9}, {46.2, -179.9}) == Approx(15.4).margin(0.1));
}
