// Temporal expressions that count from a day known otherwise: that of publication, or the date last
// mentioned.
//
// "last month", "two years ago", "a week later", "the same day", "yesterday afternoon", "the third
// quarter", "last summer", "the 20th century", "the end of the year". Their heads are units, day
// names and parts of the day; durations ("in the past three months") and sets ("every week") are
// none.
#pragma once

#include <optional>

#include "indexer/extract/dates/temporal_cursor.h"
#include "indexer/extract/dates/temporal_expression.h"

namespace dateline {

// The expression whose head is token i, with the determiner, number and shift before it.
std::optional<TemporalExpression> read_relative_expression(const TemporalCursor& at,
                                                           std::uint32_t i);

// What "last" or "the following" before a weekday, month or season chooses.
std::optional<Choice> choice_of(Shift shift);

}  // namespace dateline
