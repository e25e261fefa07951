// The terms of the articles that are of some days, or speak of them.
#pragma once

#include <string>
#include <vector>

#include "common/date_query.h"
#include "common/partial_date.h"
#include "query/index/index_reader.h"

namespace dateline {

// Of date:, the fewest years, months and days that cover the part of the interval in which the
// archive has articles.
std::vector<std::string> publication_terms(const DateInterval& asked, const IndexReader& index);

// "the newest article is of 2024-06-30" of an interval beyond the archive; "" of others.
std::string outside_archive(const DateInterval& asked, const IndexReader& index);

// Of mentions:, every value mentioned anywhere that lies inside, but for those whose month or year
// does so too and stands for them.
std::vector<std::string> mention_terms(const DateInterval& asked, const IndexReader& index);

}  // namespace dateline
