// What Xapian's own matcher finds for a resolved query: what ours is measured by.
#pragma once

#include <xapian.h>

#include <map>

#include "query/index/index_reader.h"
#include "query/language/query_resolver.h"
#include "query/search_request.h"

namespace dateline::test {

// Weight by document, of every match.
std::map<Xapian::docid, double> reference_match(const ResolvedNode& root, MatchMode mode,
                                                const IndexReader& index);

// A word* weighs by an estimate in Xapian, by the true number of articles here.
bool has_prefix_words(const ResolvedNode& node);

}  // namespace dateline::test
