// Which stems stand in the text of an article, and how often: Ztreati 3.
#pragma once

#include <cstdint>
#include <string>

#include "common/store/schema.h"
#include "query/index/index_reader.h"

namespace dateline {

// Calls `visit(term, count)` for each, the terms ascending; those of the title (ZStreati) are left
// out, for its words are words of the text.
template <class Visit>
void for_each_stem(const IndexReader& index, Xapian::docid id, Visit&& visit) {
  index.documents().for_each_term(id, std::string(kStemPrefix),
                                  [&](const std::string& term, std::uint32_t count) {
                                    if (!term.starts_with(kStemPrefix)) return false;
                                    if (term.size() > 1 && (term[1] < 'A' || term[1] > 'Z'))
                                      visit(std::string(term), count);
                                    return true;
                                  });
}

}  // namespace dateline
