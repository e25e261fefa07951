// Which documents stand on a page of hits by relevance? Among equal weights the newer first, then by path.
//
// A sort key given to Xapian is made for every document it visits; here keys are read only of those whose weights are equal and that
// reach into the page.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <vector>

namespace dateline {

struct RankedDocument {
  Xapian::docid id = 0;
  double weight = 0;
  std::uint64_t copies = 0;  // documents folded under it (collapse.h)
};

struct RankedPage {
  std::vector<RankedDocument> documents;  // of the page
  Xapian::MSet matches;                   // of the one match that spies saw: for totals
};

// `visited`: documents to visit at least; `spies` see each match once. REQUIRES: most > 0; the query is set up to weigh.
RankedPage find_ranked_page(const Xapian::Database& database, const Xapian::Query& query, const Xapian::Weight& weighting,
                            const std::vector<Xapian::MatchSpy*>& spies, Xapian::doccount first, Xapian::doccount most, Xapian::doccount visited);

}  // namespace dateline
