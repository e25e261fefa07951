// Any bytes as a query of a real index, with any options: an answer whose parts agree, or an error
// that says why.
//
// DATELINE_FUZZ_DB names the index; run.sh makes it from the sample archive.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "query/language/query_error.h"
#include "query/searcher.h"

namespace {

using namespace dateline;

void require(bool condition) {
  if (!condition) std::abort();
}

Searcher& searcher() {
  const char* database = std::getenv("DATELINE_FUZZ_DB");
  require(database != nullptr);
  static Searcher opened(database);
  return opened;
}

// The first byte chooses among the options, the rest is the query.
SearchRequest request_of(std::uint8_t options, std::string query) {
  SearchRequest request{.query = std::move(query)};
  request.today = *make_day(2024, 7, 1);
  request.plain = (options & 1) != 0;
  request.match = (options & 2) != 0 ? MatchMode::any : MatchMode::all;
  if ((options & 4) != 0) request.sort = SortOrder::newest;
  request.collapse = (options & 8) != 0;
  request.exact_total = (options & 16) == 0;
  request.explain = (options & 32) != 0;
  if ((options & 64) != 0) request.facets = {{Facet::speaker}, {Facet::month, std::nullopt}};
  if ((options & 128) != 0) request.filters = {{Facet::country, "CH"}};
  request.quotes = (options & 3) != 0;
  request.limit = 5;
  return request;
}

void check(const ResultSet& results, const SearchRequest& request) {
  require(results.hits.size() <= request.limit && results.hits.size() <= results.total &&
          results.total + results.folded <= results.archive);
  require(!results.total_is_exact ||
          results.hits.size() == std::min<std::size_t>(request.limit, results.total));
  for (std::size_t i = 1; i < results.hits.size(); ++i)
    require(results.hits[i].score <= results.hits[i - 1].score);
  for (const auto& facet : results.facets) {
    for (const auto& value : facet.values)
      require(value.count > 0 && value.count <= results.total + results.folded);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const SearchRequest request =
      request_of(data[0], std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  try {
    check(searcher().search(request), request);
  } catch (const QueryError& error) {
    require(error.position() == std::string::npos || error.position() <= request.query.size());
  }
  return 0;
}
