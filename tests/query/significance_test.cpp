#include "query/count/significance.h"

#include <catch2/catch.hpp>

#include "tests/query/sample_index.h"

using namespace dateline;
using namespace dateline::test;

TEST_CASE("the log-likelihood ratio is that of the table of hits and other articles") {
  // 10 of 50 hits and 10 of 950 others; 2 (10 ln 10 + 40 ln .816 + 10 ln .526 + 940 ln 1.010).
  CHECK(log_likelihood(10, 50, 20, 1000) == Approx(35.066).epsilon(0.001));
  CHECK(log_likelihood(50, 50, 50, 1000) == Approx(397.03).epsilon(0.001));
}

TEST_CASE("a value as common in the archive as among the hits, or commoner, is not significant") {
  CHECK(log_likelihood(1, 50, 20, 1000) == 0);
  CHECK(log_likelihood(0, 50, 20, 1000) == 0);
  CHECK(log_likelihood(20, 1000, 20, 1000) == 0);
}

TEST_CASE(
    "significant values have the counts that facets show for hits and archive, the highest score "
    "first") {
  SearchRequest asked = request("treaty");
  asked.facets = {{Facet::speaker, std::nullopt}, {Facet::country, std::nullopt}};
  const ResultSet archive = [&] {
    SearchRequest all = asked;
    all.query = "";
    return searcher().search(all);
  }();
  asked.significant = asked.facets;
  const ResultSet hits = searcher().search(asked);
  REQUIRE(hits.significant.size() == 2);
  const auto count_in = [](const FacetResult& facet, const std::string& value) {
    const auto found = std::ranges::find(facet.values, value, &FacetCount::value);
    return found == facet.values.end() ? 0 : found->count;
  };
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& values = hits.significant[i].values;
    REQUIRE(!values.empty());
    CHECK(std::ranges::is_sorted(values, std::ranges::greater{}, &SignificantValue::score));
    for (const auto& value : values) {
      CHECK(value.count == count_in(hits.facets[i], value.value));
      CHECK(value.archive == count_in(archive.facets[i], value.value));
      CHECK(value.score == log_likelihood(value.count, hits.total, value.archive, hits.archive));
    }
  }
}

TEST_CASE("of everything nothing is over-represented") {
  SearchRequest asked = request("");
  asked.significant = {{Facet::speaker, 10}};
  CHECK(searcher().search(asked).significant.front().values.empty());
}
