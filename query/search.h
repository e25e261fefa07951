// One search on one revision of an index: request -> ResultSet.
//
// THREADS: one search, its reader and its matcher belong to one thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "query/hits/result_set.h"
#include "query/index/index_reader.h"
#include "query/language/query_parser.h"
#include "query/language/query_resolver.h"
#include "query/match/matcher.h"
#include "query/match/rank/ranked_page.h"
#include "query/search_request.h"

namespace dateline {

class Search {
 public:
  // Parses the query. All outlive it. Throws QueryError.
  Search(const SearchRequest& request, const IndexReader& index, Matcher& matcher);

  // Throw QueryError, Error for damage, Xapian::Error.
  ResultSet run_at_once();
  // Pages of `most` hits at most, at least one page. Each is a copy of the result with hits of its
  // own, read as the page comes.
  void run_in_pages(std::size_t most, const std::function<void(ResultSet&)>& sink);

 private:
  ResultSet run();
  void add_more_like();
  void resolve_filters();
  ResolvedNode filtered(std::optional<Facet> without) const;
  ResolvedNode shown() const;
  bool has_filter(Facet facet) const;
  SortOrder order() const;
  bool is_topic() const;
  bool may_stop_early() const;
  Matches find_matches();
  Matches ranked_matches(const ResolvedNode& root);
  void rank(Matches matches, ResultSet& results);
  std::vector<RankedDocument> page(const Matches& matches, std::size_t first,
                                   std::size_t most) const;
  Documents fold(const Matches& matches, ResultSet& results);
  void count(const Documents& documents, ResultSet& results);
  Documents documents_without_filter(Facet facet);
  SignificantResult find_significant(const FacetRequest& wanted, const Documents& documents);
  void notice_partial_matches(ResultSet& results) const;
  std::string explanation() const;

  const SearchRequest& request_;
  const IndexReader& index_;
  Matcher& matcher_;
  ParsedQuery parsed_;
  ResolvedQuery resolved_;
  std::vector<std::pair<Facet, ResolvedNode>> filters_;
  std::vector<RankedDocument> ranked_;  // the hits asked for
};

// The article of that path as given, or of that path from the folder ("": as given only).
std::optional<Xapian::docid> find_article(const IndexReader& index, const std::string& path,
                                          const std::string& folder);

}  // namespace dateline
