#include "tests/query/random_queries.h"

#include <array>

#include "tests/query/sample_index.h"

namespace dateline::test {
namespace {

constexpr std::array<std::string_view, 4> kFields = {"speaker", "place", "country", "date"};
constexpr std::array<Facet, 4> kFacetsAsked = {Facet::speaker, Facet::place, Facet::country,
                                               Facet::month};
constexpr std::array<std::string_view, 5> kOperators = {" ", " AND ", " OR ", " -", " NOT "};
constexpr std::array<std::string_view, 21> kWords = {"treaty",
                                                     "minister",
                                                     "strike",
                                                     "\"the government\"",
                                                     "govern*",
                                                     "title:the",
                                                     "said NEAR/5 would",
                                                     "exact:talks",
                                                     "price",
                                                     "people",
                                                     "(a OR b)",
                                                     "election",
                                                     "date:2023..",
                                                     "mentions:2023",
                                                     "in ADJ/2 city",
                                                     "not OR water",
                                                     "\"to the\"",
                                                     "the NEAR/3 the",
                                                     "date:..2023-06",
                                                     "-said",
                                                     "exact:\"of the\" in"};

std::vector<std::string> values_of(Facet facet, Searcher& searcher) {
  SearchRequest asked = request("");
  asked.limit = 0;
  asked.facets = {{facet, 200}};
  const ResultSet results = searcher.search(asked);
  std::vector<std::string> values;
  for (const auto& value : results.facets.front().values) values.push_back(value.value);
  return values;
}

}  // namespace

RandomQueries::RandomQueries(Searcher& searcher) {
  for (const Facet facet : kFacetsAsked) values_.push_back(values_of(facet, searcher));
}

std::string RandomQueries::next() {
  std::string query = part();
  for (auto more = pick(3); more > 0; --more)
    query += std::string(kOperators[pick(kOperators.size())]) + part();
  return query;
}

std::string RandomQueries::part() {
  const std::size_t kind = pick(8);
  if (kind >= values_.size()) return std::string(kWords[pick(kWords.size())]);
  std::string value = values_[kind][pick(values_[kind].size())];
  std::erase(value, '"');
  return std::string(kFields[kind]) + ":\"" + value + '"';
}

}  // namespace dateline::test
