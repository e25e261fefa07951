// When? A calendar value as exact as the text makes it: a day, a month, a quarter, a decade.
//
// "in January 2022" is the PartialDate 2022-01, "the 1990s" is 199, "last week" is 2023-W08. Values
// are written as TIMEX3 does (TimeML annotation guidelines 1.2.1): YYYY-MM-DD, YYYY-Wnn (ISO 8601
// week, Monday to Sunday), YYYY-Wnn-WE (its weekend), YYYY-MM, YYYY-Qn, YYYY-Hn, YYYY-SP|SU|FA|WI,
// YYYY, YYY (decade), YY (century: 19 is 1900 to 1999). Dates are civil dates of the proleptic
// Gregorian calendar, years 1 to 9999.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

using Day = std::chrono::sys_days;

enum class DateUnit : std::uint8_t {
  century,
  decade,
  year,
  half,
  quarter,
  season,
  month,
  week,
  weekend,
  day
};

// Seasons count from spring: 1 SP (March to May), 2 SU, 3 FA, 4 WI (December to February of the
// following year).
struct PartialDate {
  DateUnit unit = DateUnit::day;
  int year = 0;  // of a century or decade its first year (1900, 1990); of a week its ISO year
  int part =
      0;  // month 1-12, ISO week 1-53, quarter 1-4, half 1-2, season 1-4; 0 for years and longer
  int day = 0;  // day of the month, 0 unless unit is day

  auto operator<=>(const PartialDate&) const = default;
};

// Both ends included.
struct DayRange {
  Day first;
  Day last;
  auto operator<=>(const DayRange&) const = default;
};

std::string_view to_string(DateUnit unit);  // "century", ..., "day"

// Absent when the text has another form or names a day, month or week that does not exist
// (2023-02-30).
std::optional<PartialDate> parse_partial_date(std::string_view text);
std::string to_string(const PartialDate& date);

// The days a value spans. REQUIRES: the value exists (as parse_partial_date or the makers below
// give it).
DayRange days_of(const PartialDate& date);

PartialDate day_value(Day day);
PartialDate month_value(Day day);  // the month that holds the day
PartialDate year_value(Day day);
PartialDate iso_week_value(Day day);
PartialDate quarter_value(Day day);

// Absent when there is no such day.
std::optional<Day> make_day(int year, int month, int day);
std::string to_string(Day day);  // YYYY-MM-DD
std::chrono::year_month_day civil(Day day);

// The fewest years, months and days that together hold each day of the range exactly once, in
// calendar order.
std::vector<PartialDate> cover(DayRange range);

}  // namespace dateline
