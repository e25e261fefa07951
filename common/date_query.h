// What people write for a time in a query -> the days they mean.
//
// `2023-02` is February 2023; `2022..` everything since; `last-week` Monday to Sunday of the week
// before; `30d..` the last thirty days, today included. Understood: every value of partial_date.h,
// decades as 1990s, ranges A..B with either end open, today, yesterday, tomorrow, this- and last-
// with week, month and year, and Nd.. Nw.. Nm.. Ny.. (days, weeks, months, years back from today).
#pragma once

#include <optional>
#include <string_view>

#include "common/partial_date.h"

namespace dateline {

// Both ends included; an absent end is open. At least one is there.
struct DateInterval {
  std::optional<Day> first;
  std::optional<Day> last;
  bool operator==(const DateInterval&) const = default;
};

// Throws Error that says what is wrong: not a form of date, an impossible one (2023-02-30), a range
// whose end is before its beginning.
DateInterval parse_date_query(std::string_view value, Day today);

}  // namespace dateline
