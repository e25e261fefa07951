// Tree -> Xapian query, on one revision of an index. Last stage of the query language.
//
// Words become stems (weighted by BM25, more in titles), everything else filters. Names are expanded through the alias table, date ranges
// into the fewest terms. What no article has is noticed, with suggestions.
#pragma once

#include <xapian.h>

#include <set>
#include <string>
#include <vector>

#include "query/index_reader.h"
#include "query/query_tree.h"
#include "query/search_request.h"

namespace dateline {

struct BuiltQuery {
  Xapian::Query query;
  bool ranked = false;                   // has words that weigh
  std::set<std::string> stems;           // of words wanted, for snippets
  std::set<std::string> forms;           // of exact words and phrases wanted
  std::vector<std::string> prefixes;     // of word*
  std::vector<std::string> notices;      // unknown values and words, with suggestions
  std::string explanation;               // how names and dates were understood, a line each
};

// Throws QueryError: an impossible date, more terms than allowed.
BuiltQuery build_query(const QueryNode& root, const SearchRequest& request, const IndexReader& index);

// The filter of one facet's value, exactly as shown. Throws QueryError when the value is no date for a date facet.
Xapian::Query build_filter(const Filter& filter, const IndexReader& index);

}  // namespace dateline
