// Dates in figures: 2022-02-24, 24/2/2022, 30.11.1994, 19-Nov-2012, 2022-11-05T08:30:00Z.
#pragma once

#include <optional>

#include "indexer/extract/dates/temporal_cursor.h"
#include "indexer/extract/dates/temporal_expression.h"

namespace dateline {

// The date whose first figure is token i, with the time of day behind it.
std::optional<TemporalExpression> read_figure_date(const TemporalCursor& at, std::uint32_t i);

}  // namespace dateline
