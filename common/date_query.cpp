#include "common/date_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "common/error.h"

namespace dateline {
namespace {

namespace chr = std::chrono;

constexpr const char* kForms =
    "2023-03-02, 2023-03, 2023, 2023-W09, 2023-Q1, 2023-01..2023-03, 2022.., last-week, 30d..";
constexpr int kMostBack = 100'000;

std::string in_small_letters(std::string_view text) {
  std::string small{text};
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return small;
}

std::string in_capitals(std::string_view text) {
  std::string capitals{text};
  for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c;
  return capitals;
}

DayRange week_of(Day day) { return days_of(iso_week_value(day)); }
DayRange month_of(Day day) { return days_of(month_value(day)); }
DayRange year_of(Day day) { return days_of(year_value(day)); }
DayRange before(DayRange (*unit)(Day), Day day) { return unit(unit(day).first - chr::days{1}); }

std::optional<DayRange> relative(std::string_view value, Day today) {
  if (value == "today") return DayRange{today, today};
  if (value == "yesterday") return DayRange{today - chr::days{1}, today - chr::days{1}};
  if (value == "tomorrow") return DayRange{today + chr::days{1}, today + chr::days{1}};
  constexpr std::array<std::pair<std::string_view, DayRange (*)(Day)>, 3> kUnits = {
      {{"week", week_of}, {"month", month_of}, {"year", year_of}}};
  for (const auto& [name, unit] : kUnits) {
    if (value == fmt::format("this-{}", name)) return unit(today);
    if (value == fmt::format("last-{}", name)) return before(unit, today);
  }
  return std::nullopt;
}

// So many months earlier; the last day of the month where that has fewer days.
Day months_back(Day day, int months) {
  const auto date = civil(day);
  const auto month = chr::year_month{date.year(), date.month()} - chr::months{months};
  const Day last = chr::sys_days{month / chr::last};
  return std::min(last,
                  Day{month / chr::day{1}} + (day - Day{date.year() / date.month() / chr::day{1}}));
}

// "30d": the first of the last thirty days.
std::optional<Day> back_from(std::string_view value, Day today) {
  if (value.size() < 2) return std::nullopt;
  int count = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size() - 1, count);
  if (read.ec != std::errc{} || read.ptr != value.data() + value.size() - 1 || count < 1 ||
      count > kMostBack)
    return std::nullopt;
  switch (value.back()) {
    case 'd':
      return today - chr::days{count - 1};
    case 'w':
      return today - chr::days{7 * count - 1};
    case 'm':
      return count > 12 * 2000 ? std::nullopt
                               : std::optional(months_back(today, count) + chr::days{1});
    case 'y':
      return count > 2000 ? std::nullopt
                          : std::optional(months_back(today, 12 * count) + chr::days{1});
    default:
      return std::nullopt;
  }
}

bool looks_like_a_date(std::string_view value) {
  return value.size() >= 6 && value[4] == '-' &&
         value.find_first_not_of("0123456789-WQHSPUFAE") == std::string_view::npos;
}

// "2023-01-2023-06": the two values that a hyphen joins, as they are to be written.
std::string as_range(std::string_view value) {
  for (auto at = value.find('-'); at != std::string_view::npos; at = value.find('-', at + 1)) {
    const auto first = value.substr(0, at);
    const auto last = value.substr(at + 1);
    if (first.size() >= 4 && last.size() >= 4 && parse_partial_date(first) &&
        parse_partial_date(last))
      return fmt::format("write {}..{}", first, last);
  }
  return "";
}

const Day kFirstDay = *make_day(1, 1, 1);
const Day kLastDay = *make_day(9999, 12, 31);

// The days of one end of a range, or of a value that stands alone.
DayRange days(std::string_view value, Day today) {
  const std::string small = in_small_letters(value);
  if (const auto range = relative(small, today)) {
    if (range->first < kFirstDay || range->last > kLastDay)
      throw Error(fmt::format("\"{}\" is before the year 1 or after 9999", value),
                  "ask for years between");
    return *range;
  }
  const bool decade = small.size() == 5 && small.ends_with("0s");
  if (decade || value.size() == 4 || value.find('-') != std::string_view::npos) {
    if (const auto date = parse_partial_date(decade ? small.substr(0, 3) : in_capitals(value)))
      return days_of(*date);
  }
  if (value.size() == 3 && parse_partial_date(value))
    throw Error(fmt::format("\"{}\" is no year", value),
                fmt::format("the decade is written {}0s", value));
  if (const auto written = as_range(value); !written.empty())
    throw Error(fmt::format("\"{}\" is no date, but may be a range", value), written);
  if (looks_like_a_date(value))
    throw Error(fmt::format("\"{}\" is no date of the calendar", value),
                fmt::format("dates are written {}", kForms));
  throw Error(fmt::format("\"{}\" is not understood as a date", value),
              fmt::format("dates are written {}", kForms));
}

DateInterval range(std::string_view first, std::string_view last, Day today) {
  if (first.empty() && last.empty())
    throw Error("\"..\" has neither beginning nor end", "for example 2022.. or 2023-01..2023-03");
  DateInterval interval;
  if (!first.empty()) {
    const auto back = back_from(in_small_letters(first), today);
    interval.first = back ? std::max(*back, kFirstDay) : days(first, today).first;
    if (back && last.empty()) interval.last = today;
  }
  if (!last.empty()) interval.last = days(last, today).last;
  if (interval.first && interval.last && *interval.first > *interval.last) {
    throw Error(fmt::format("\"{}..{}\" ends before it begins", first, last),
                fmt::format("write {}..{}", last, first));
  }
  return interval;
}

}  // namespace

DateInterval parse_date_query(std::string_view value, Day today) {
  const auto dots = value.find("..");
  if (dots != std::string_view::npos)
    return range(value.substr(0, dots), value.substr(dots + 2), today);
  const DayRange range = days(value, today);
  return {range.first, range.last};
}

}  // namespace dateline
