// Whatever is asked: a facet's count is the number of hits when its value is filtered.
//
// The long form runs on a database named in the environment: DATELINE_TEST_DB=/path/to/index search_test "[long]".
#include <catch2/catch.hpp>

#include <cstdlib>
#include <random>

#include "tests/query/sample_index.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr std::size_t kQueries = 200;

// Queries of one to three parts from what an archive holds: words, phrases, names, places and dates.
class RandomQueries {
 public:
  explicit RandomQueries(Searcher& searcher) : searcher_(searcher) {
    for (const Facet facet : {Facet::speaker, Facet::place, Facet::country, Facet::month}) values_.push_back(values_of(facet));
  }

  std::string next() {
    std::string query = part();
    for (auto more = pick(3); more > 0; --more) query += std::string(operators_[pick(operators_.size())]) + part();
    return query;
  }

 private:
  std::size_t pick(std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random_); }

  std::vector<std::string> values_of(Facet facet) {
    SearchRequest asked = request("");
    asked.limit = 0;
    asked.facets = {{facet, 200}};
    std::vector<std::string> values;
    const ResultSet results = searcher_.search(asked);
    for (const auto& value : results.facets.front().values) values.push_back(value.value);
    return values;
  }

  std::string part() {
    constexpr std::string_view kFields[] = {"speaker", "place", "country", "date"};
    const std::size_t kind = pick(8);
    if (kind >= values_.size()) return words_[pick(words_.size())];
    std::string value = values_[kind][pick(values_[kind].size())];
    std::erase(value, '"');
    return std::string(kFields[kind]) + ":\"" + value + '"';
  }

  Searcher& searcher_;
  std::mt19937 random_{20240701};
  std::vector<std::vector<std::string>> values_;
  std::vector<std::string> words_ = {"treaty", "minister", "strike",  "\"the government\"", "govern*",    "title:the",   "said NEAR/5 would", "exact:talks",
                                     "price",  "people",   "(a OR b)", "election",          "date:2023..", "mentions:2023", "in ADJ/2 city",     "not OR water"};
  std::vector<std::string_view> operators_ = {" ", " AND ", " OR ", " -", " NOT "};
};

// Checks one value of every facet of a query, or every value of it.
void check_facets(Searcher& searcher, const std::string& query, bool every_value, std::mt19937& random) {
  SearchRequest asked = request(query);
  asked.limit = 0;
  for (const auto& facet : kFacets) asked.facets.push_back({facet.facet, std::nullopt});
  const ResultSet results = searcher.search(asked);
  for (const auto& facet : results.facets) {
    CHECK(facet.distinct == facet.values.size());
    const std::size_t chosen = facet.values.empty() ? 0 : random() % facet.values.size();
    for (std::size_t i = 0; i < facet.values.size(); ++i) {
      if (!every_value && i != chosen) continue;
      SearchRequest one = request(query);
      one.limit = 0;
      one.filters = {{facet.facet, facet.values[i].value}};
      INFO(query << " filtered by " << info(facet.facet).name << "=" << facet.values[i].value);
      CHECK(searcher.search(one).total == facet.values[i].count);
    }
  }
}

void check_random_queries(Searcher& searcher, std::size_t queries, std::size_t thorough) {
  RandomQueries random_queries(searcher);
  std::mt19937 random{1};
  for (std::size_t i = 0; i < queries; ++i) check_facets(searcher, random_queries.next(), i < thorough, random);
}

}  // namespace

TEST_CASE("of 200 random queries a value of every facet counts as many articles as its filter leaves") {
  check_random_queries(searcher(), kQueries, 10);
}

TEST_CASE("of 200 random queries over a large index the same holds", "[.][long]") {
  const char* database = std::getenv("DATELINE_TEST_DB");
  REQUIRE(database != nullptr);
  Searcher large(database);
  check_random_queries(large, kQueries, 1);
}
