// Tree -> resolved tree, on one revision of an index. Third stage of the query language.
//
// `treaty speaker:lind date:2023` becomes (all Ztreati [XSlind] [Y2023]): words become stems, names
// all their spellings, wildcards the words that begin so, dates the fewest terms. What no article
// has is noticed, with suggestions; what is too large is refused here.
#pragma once

#include <string>
#include <vector>

#include "query/index/index_reader.h"
#include "query/language/query_tree.h"
#include "query/notice.h"
#include "query/search_request.h"

namespace dateline {

struct ResolvedNode {
  NodeKind kind = NodeKind::everything;
  std::vector<std::string> terms =
      {};  // of a leaf: phrases and nearness in order, of all others any of them
  std::vector<std::size_t> by_rarity =
      {};                       // of phrases and nearness: the terms' places, the rarest term first
  std::uint64_t documents = 0;  // at most so many match; an estimate for inner nodes
  std::string title_term =
      {};  // of a word outside title: the same word in the title, which weighs more
  std::string beginning = {};    // of a prefix: what its terms begin with
  std::string path_prefix = {};  // of path:PREFIX*, in place of terms
  bool stop_word = false;        // a word that says little
  bool left_out = false;    // a stop word beside other words of a query that --match any relaxes
  std::uint32_t times = 1;  // a word that stands so often side by side, and weighs so
  bool implicit = false;    // all: words side by side, which --match any relaxes
  bool filters = false;     // matches, but does not weigh
  int distance = 0;         // near, adjacent: words
  std::vector<ResolvedNode> children = {};
};

struct ResolvedQuery {
  ResolvedNode root;
  bool ranked = false;          // has words that weigh
  std::vector<Notice> notices;  // unknown values and words, with suggestions
  std::string explanation;      // how names and dates were understood, a line each
};

// Throws QueryError: an impossible date, more terms than allowed.
ResolvedQuery resolve_query(const QueryNode& root, const SearchRequest& request,
                            const IndexReader& index);

// One line, for --explain: (all Ztreati [XSlind] [Y2023]).
std::string to_string(const ResolvedNode& node);

}  // namespace dateline
