// Whatever is asked: a facet's count is the number of hits when its value is filtered.
//
// The long form runs on a database named in the environment: DATELINE_TEST_DB=/path/to/index
// search_test "[long]".
#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>

#include "tests/query/random_queries.h"
#include "tests/query/sample_index.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr std::size_t kQueries = 200;

// Checks one value of every facet of a query, or every value of it.
void check_facets(Searcher& searcher, const std::string& query, bool every_value,
                  std::mt19937& random) {
  SearchRequest asked = request(query);
  asked.limit = 0;
  for (const auto& facet : kFacets) asked.facets.push_back({facet.field, std::nullopt});
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
  for (std::size_t i = 0; i < queries; ++i)
    check_facets(searcher, random_queries.next(), i < thorough, random);
}

}  // namespace

TEST_CASE(
    "of 200 random queries a value of every facet counts as many articles as its filter leaves") {
  check_random_queries(searcher(), kQueries, 10);
}

TEST_CASE("of 200 random queries over a large index the same holds", "[.][long]") {
  const char* database = std::getenv("DATELINE_TEST_DB");
  REQUIRE(database != nullptr);
  Searcher large(database);
  check_random_queries(large, kQueries, 1);
}
