// Which dates does the text speak of?
//
// In an article of 2023-03-03, "on Thursday" is 2023-03-02, "last month" 2023-02, "January 2022"
// itself; "1,500 people" is none.
#pragma once

#include <vector>

#include "common/partial_date.h"
#include "common/record.h"
#include "indexer/extract/dates/holiday.h"
#include "indexer/extract/token.h"

namespace dateline {

// As Record::dates: grouped by value, in calendar order (first day, then last day, then unit).
// `published` is what relative expressions count from.
std::vector<DateMentions> find_dates(const TokenizedText& text, Day published,
                                     const Holidays& holidays);

}  // namespace dateline
