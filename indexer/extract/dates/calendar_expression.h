// Temporal expressions with a place in the calendar: days, months, years, decades, weekdays, named
// days.
//
// "Wednesday, June 13, 2012", "the 3rd of May", "24/2/2022", "mid-1998", "the '60s", "Christmas
// Eve"; with ranges as two expressions: "March 3-5", "2010-15". The hard part is what is none:
// "2000 troops", "May said", "Judge Sunday Okafor".
#pragma once

#include <vector>

#include "indexer/extract/dates/temporal_cursor.h"
#include "indexer/extract/dates/temporal_expression.h"

namespace dateline {

// The expressions whose head is token i, without the modifiers before them; empty when
// there is none.
std::vector<TemporalExpression> read_calendar_expression(const TemporalCursor& at, std::uint32_t i);

// "last year", "of this year", "1998", "'98", "fiscal 1989" from token i on: which year, and the
// token after it.
struct ReadYearOf {
  std::optional<int> year = std::nullopt;
  std::optional<int> years_away = std::nullopt;
  std::optional<int> years_from_last = std::nullopt;  // as TemporalExpression
  bool two_digit_year = false;
  std::uint32_t end = 0;
};
std::optional<ReadYearOf> read_year_of(const TemporalCursor& at, std::uint32_t i);

}  // namespace dateline
