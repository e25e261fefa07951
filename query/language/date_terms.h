// The terms of the articles that are of some days, or speak of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/date_query.h"
#include "common/partial_date.h"
#include "query/index/index_reader.h"
#include "query/notice.h"

namespace dateline {

// Of date:, the fewest years, months and days that cover the part of the interval in which the
// archive has articles.
std::vector<std::string> publication_terms(const DateInterval& asked, const IndexReader& index);

// That an interval lies beyond the archive, and the day of the newest or oldest article.
std::optional<Notice> outside_archive(const DateInterval& asked, const IndexReader& index);

// Of mentions:, every value mentioned anywhere that lies inside, but for those whose month or year
// does so too and stands for them.
std::vector<std::string> mention_terms(const DateInterval& asked, const IndexReader& index);

}  // namespace dateline
