// Which words of an article say best what it is about? They are the query of --more-like.
#pragma once

#include <xapian.h>

#include <set>
#include <string>

namespace dateline {

constexpr std::size_t kTermsOfAnArticle = 25;

struct MoreLike {
  Xapian::Query query;           // any of the words, weighted; not the article itself
  std::set<std::string> stems;   // for snippets
};

// The stems with the greatest frequency in the article times rarity in the archive (tf-idf), stop words and words of no other article
// left out. Throws Xapian::Error.
MoreLike more_like(const Xapian::Database& database, Xapian::docid id);

}  // namespace dateline
