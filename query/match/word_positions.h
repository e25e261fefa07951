// Do the words of a phrase, NEAR or ADJ stand together in this article?
#pragma once

#include <xapian.h>

#include "query/index/glass/position_reader.h"
#include "query/language/query_resolver.h"

namespace dateline {

// Throws Error for damage, Xapian::Error. THREADS: one for each reader. REQUIRES: a phrase, near or
// adjacent node whose terms the document has.
bool stand_together(const ResolvedNode& chain, Xapian::docid document, PositionReader& reader);

}  // namespace dateline
