// Which words of an article say best what it is about? They are the query of --more-like.
#pragma once

#include <set>
#include <string>

#include "query/index_reader.h"
#include "query/query_resolver.h"

namespace dateline {

constexpr std::size_t kTermsOfAnArticle = 25;

struct MoreLike {
  ResolvedNode root;             // any of the words, weighted; not the article itself
  std::set<std::string> stems;   // for snippets
};

// The stems with the greatest frequency in the article times rarity in the archive (tf-idf), stop words and words of no other article
// left out. Throws Xapian::Error.
MoreLike more_like(const IndexReader& index, Xapian::docid id);

}  // namespace dateline
