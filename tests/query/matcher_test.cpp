// The matcher against Xapian's own, on an index written by the real program.
#include "query/match/matcher.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "query/language/query_error.h"
#include "query/language/query_parser.h"
#include "query/match/rank/ranked_page.h"
#include "tests/query/random_queries.h"
#include "tests/query/reference_match.h"
#include "tests/query/sample_index.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr std::size_t kQueries = 400;

std::map<Xapian::docid, double> weights_of(const Matches& matches) {
  std::map<Xapian::docid, double> weights;
  for (std::size_t i = 0; i < matches.documents.size(); ++i)
    weights.emplace(matches.documents[i], matches.weights.empty() ? 0 : matches.weights[i]);
  return weights;
}

bool same_weights(const std::map<Xapian::docid, double>& a,
                  const std::map<Xapian::docid, double>& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
    return x.first == y.first && std::abs(x.second - y.second) < 1e-6;
  });
}

bool same_documents(const std::map<Xapian::docid, double>& a,
                    const std::map<Xapian::docid, double>& b) {
  return std::ranges::equal(
      a, b, {}, [](const auto& x) { return x.first; }, [](const auto& x) { return x.first; });
}

// Is `best` the beginning of all matches by weight, with every tie of its last?
bool is_best_part(const Matches& best, const std::map<Xapian::docid, double>& all,
                  std::size_t most) {
  std::vector<double> weights;
  for (const auto& [document, weight] : all) weights.push_back(weight);
  std::ranges::sort(weights, std::greater<>{});
  const double least = weights.size() <= most ? -1 : weights[most - 1];
  std::map<Xapian::docid, double> expected;
  for (const auto& [document, weight] : all) {
    if (weight >= least) expected.emplace(document, weight);
  }
  const auto found = weights_of(best);
  return best.complete ? same_documents(found, all) : same_documents(found, expected);
}

void check_against_xapian(const std::string& query, MatchMode mode, const IndexReader& index,
                          Matcher& matcher) {
  SearchRequest asked = request(query);
  asked.match = mode;
  const ResolvedNode root = resolve_query(parse_query(query).root, asked, index).root;
  INFO(query << (mode == MatchMode::any ? " (any): " : ": ") << to_string(root));
  const auto expected = reference_match(root, mode, index);
  const auto found = weights_of(matcher.match(root, mode, true));
  CHECK(same_documents(found, expected));
  if (!has_prefix_words(root)) CHECK(same_weights(found, expected));
  CHECK(same_documents(weights_of(matcher.match(root, mode, false)), expected));
  CHECK(is_best_part(matcher.match_best(root, mode, 3), found, 3));
}

}  // namespace

TEST_CASE("of 400 random queries the same articles match as Xapian finds, with the same weights") {
  const IndexReader index(sample().database());
  Matcher matcher(index);
  RandomQueries queries(searcher());
  for (std::size_t i = 0; i < kQueries; ++i)
    check_against_xapian(queries.next(), i % 3 == 0 ? MatchMode::any : MatchMode::all, index,
                         matcher);
}

TEST_CASE("phrases and nearness match as Xapian has them, also of a word that is asked for twice") {
  const IndexReader index(sample().database());
  Matcher matcher(index);
  for (const char* query :
       {"\"of the\"", "\"in the city of\"", "the NEAR/2 the", "the NEAR/10 the NEAR/10 of",
        "of ADJ/3 the", "the ADJ/4 of ADJ/4 the", "\"said said\"", "treaty -\"seabed treaty\"",
        "(\"seabed treaty\" OR \"rail strike\") the", "title:\"seabed talks\"",
        "(said NEAR/1 the) OR treaty"}) {
    check_against_xapian(query, MatchMode::all, index, matcher);
  }
}

TEST_CASE(
    "a query beside which nothing else is asked weighs what its words weigh, whatever stood before "
    "it") {
  const IndexReader index(sample().database());
  Matcher matcher(index);
  const ResolvedNode root =
      resolve_query(parse_query("treaty OR strike OR minis*").root, request(""), index).root;
  const auto first = weights_of(matcher.match(root, MatchMode::all, true));
  matcher.match(resolve_query(parse_query("the OR of").root, request(""), index).root,
                MatchMode::all, true);
  CHECK(weights_of(matcher.match(root, MatchMode::all, true)) == first);
  CHECK(first.size() > 10);
}

TEST_CASE("the best matches by whatever order are those of the whole list") {
  const IndexReader index(sample().database());
  Matcher matcher(index);
  const ResolvedNode root =
      resolve_query(parse_query("the OR treaty").root, request(""), index).root;
  const Matches matches = matcher.match(root, MatchMode::all, true);
  for (const SortOrder order : {SortOrder::relevance, SortOrder::newest, SortOrder::oldest}) {
    const auto whole =
        find_ranked_page(matches, order, 0, matches.documents.size(), matcher.columns(), index);
    REQUIRE(whole.size() == matches.documents.size());
    for (std::size_t first = 0; first < whole.size() + 5; first += 7) {
      const auto page = find_ranked_page(matches, order, first, 7, matcher.columns(), index);
      REQUIRE(page.size() ==
              std::min<std::size_t>(7, whole.size() - std::min(first, whole.size())));
      for (std::size_t i = 0; i < page.size(); ++i) CHECK(page[i].id == whole[first + i].id);
    }
  }
}

TEST_CASE(
    "values read of few documents alone are those of the column, spellings of a name merged") {
  const IndexReader index(sample().database());
  const IndexReader another(sample().database());  // a snapshot of its own, so that columns are
  for (const auto& facet : kFacets) {
    if (!facet.has_ordinals()) continue;
    const Columns alone(index);
    const Columns whole(another);
    const Documents documents = {1, 2, 5, 17, 40};
    REQUIRE(alone.should_read_few(facet.field, documents));
    CHECK_FALSE(
        alone.should_read_few(facet.field, documents));  // the second time the column is read
    std::vector<Ordinal> few;
    alone.read_few(facet.field, documents, [&](Ordinal ordinal) { few.push_back(ordinal); });
    const OrdinalColumn& column = whole.ordinals(facet.field);
    std::vector<Ordinal> expected;
    for (const auto id : documents)
      expected.insert(expected.end(), column.values.begin() + column.begin[id],
                      column.values.begin() + column.begin[id + 1]);
    INFO(facet.name);
    CHECK(few == expected);
  }
}
