// Which words of an article say best what it is about? They are the query of --more-like.
#pragma once

#include <string>

#include "query/index/index_reader.h"
#include "query/language/query_resolver.h"
#include "query/match/matcher.h"

namespace dateline {

constexpr std::size_t kTermsOfAnArticle = 25;

// The stems with the greatest frequency in the article times rarity in the archive (tf-idf), stop
// words and words of no other article left out. Any of the words, weighted; not the article itself.
// Throws Xapian::Error.
ResolvedNode more_like(const IndexReader& index, const Matcher& matcher, Xapian::docid id);

}  // namespace dateline
