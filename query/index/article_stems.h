// Which stems stand in the text of an article, and how often: Ztreati 3.
#pragma once

#include <xapian.h>

#include <string>
#include <utility>

#include "common/schema.h"

namespace dateline {

// Calls `visit(term, count)` for each, the terms ascending; those of the title (ZStreati) are left out, for its words are words of the text.
template <class Visit>
void for_each_stem(const Xapian::Database& database, Xapian::docid id, Visit&& visit) {
  auto at = database.termlist_begin(id);
  const auto end = database.termlist_end(id);
  for (at.skip_to(std::string(kStemPrefix)); at != end; ++at) {
    std::string term = *at;
    if (!term.starts_with(kStemPrefix)) return;
    if (term.size() > 1 && (term[1] < 'A' || term[1] > 'Z')) visit(std::move(term), at.get_wdf());
  }
}

}  // namespace dateline
