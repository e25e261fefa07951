#include "common/partial_date.h"

#include <fmt/format.h>

#include <array>

namespace dateline {
namespace {

namespace chr = std::chrono;

constexpr std::array<std::string_view, 4> kSeasons = {"SP", "SU", "FA", "WI"};

std::optional<int> number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

Day day(int year, int month, int day_of_month) {
  return chr::year{year} / chr::month{static_cast<unsigned>(month)} /
         chr::day{static_cast<unsigned>(day_of_month)};
}

Day last_of_month(int year, int month) {
  return chr::sys_days{chr::year{year} / chr::month{static_cast<unsigned>(month)} / chr::last};
}

DayRange months(int year, int first, int last) {
  return {day(year, first, 1), last_of_month(year, last)};
}

// ISO 8601: week 1 holds January 4.
Day monday_of_week(int iso_year, int week) {
  const Day fourth = day(iso_year, 1, 4);
  return fourth - (chr::weekday{fourth} - chr::Monday) + chr::weeks{week - 1};
}

int weeks_in(int iso_year) {
  return static_cast<int>((monday_of_week(iso_year + 1, 1) - monday_of_week(iso_year, 1)).count() /
                          7);
}

std::optional<PartialDate> checked(PartialDate value, int most) {
  if (value.part < 1 || value.part > most) return std::nullopt;
  return value;
}

// What follows "YYYY-": Wnn, Wnn-WE, Qn, Hn, a season, MM or MM-DD.
std::optional<PartialDate> parse_part(int year, std::string_view rest) {
  for (int i = 0; i < 4; ++i) {
    if (rest == kSeasons[static_cast<std::size_t>(i)])
      return PartialDate{DateUnit::season, year, i + 1, 0};
  }
  if (rest.size() == 2 && rest[0] == 'Q')
    return checked({DateUnit::quarter, year, number(rest.substr(1)).value_or(0), 0}, 4);
  if (rest.size() == 2 && rest[0] == 'H')
    return checked({DateUnit::half, year, number(rest.substr(1)).value_or(0), 0}, 2);
  if (rest.size() == 3 && rest[0] == 'W') {
    return checked({DateUnit::week, year, number(rest.substr(1)).value_or(0), 0}, weeks_in(year));
  }
  if (rest.size() == 6 && rest[0] == 'W' && rest.ends_with("-WE")) {
    return checked({DateUnit::weekend, year, number(rest.substr(1, 2)).value_or(0), 0},
                   weeks_in(year));
  }
  const auto month = number(rest.substr(0, 2));
  if (rest.size() == 2 && month) return checked({DateUnit::month, year, *month, 0}, 12);
  if (rest.size() != 5 || rest[2] != '-' || !month) return std::nullopt;
  const auto day_of_month = number(rest.substr(3));
  if (!day_of_month || !make_day(year, *month, *day_of_month)) return std::nullopt;
  return PartialDate{DateUnit::day, year, *month, *day_of_month};
}

}  // namespace

std::string_view to_string(DateUnit unit) {
  constexpr std::array<std::string_view, 10> kNames = {
      "century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day"};
  return kNames[static_cast<std::size_t>(unit)];
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  if (text.size() == 2 && number(text) && *number(text) > 0)
    return PartialDate{DateUnit::century, *number(text) * 100, 0, 0};
  if (text.size() == 3 && number(text) && *number(text) > 0)
    return PartialDate{DateUnit::decade, *number(text) * 10, 0, 0};
  if (text.size() < 4) return std::nullopt;
  const auto year = number(text.substr(0, 4));
  if (!year || *year < 1) return std::nullopt;
  if (text.size() == 4) return PartialDate{DateUnit::year, *year, 0, 0};
  if (text[4] != '-') return std::nullopt;
  return parse_part(*year, text.substr(5));
}

std::string to_string(const PartialDate& d) {
  switch (d.unit) {
    case DateUnit::century:
      return fmt::format("{:02}", d.year / 100);
    case DateUnit::decade:
      return fmt::format("{:03}", d.year / 10);
    case DateUnit::year:
      return fmt::format("{:04}", d.year);
    case DateUnit::half:
      return fmt::format("{:04}-H{}", d.year, d.part);
    case DateUnit::quarter:
      return fmt::format("{:04}-Q{}", d.year, d.part);
    case DateUnit::season:
      return fmt::format("{:04}-{}", d.year, kSeasons[static_cast<std::size_t>(d.part - 1)]);
    case DateUnit::month:
      return fmt::format("{:04}-{:02}", d.year, d.part);
    case DateUnit::week:
      return fmt::format("{:04}-W{:02}", d.year, d.part);
    case DateUnit::weekend:
      return fmt::format("{:04}-W{:02}-WE", d.year, d.part);
    case DateUnit::day:
      return fmt::format("{:04}-{:02}-{:02}", d.year, d.part, d.day);
  }
  return "";
}

DayRange days_of(const PartialDate& d) {
  switch (d.unit) {
    case DateUnit::century:
      return {day(d.year, 1, 1), day(d.year + 99, 12, 31)};
    case DateUnit::decade:
      return {day(d.year, 1, 1), day(d.year + 9, 12, 31)};
    case DateUnit::year:
      return months(d.year, 1, 12);
    case DateUnit::half:
      return months(d.year, 6 * d.part - 5, 6 * d.part);
    case DateUnit::quarter:
      return months(d.year, 3 * d.part - 2, 3 * d.part);
    case DateUnit::season:
      if (d.part == 4) return {day(d.year, 12, 1), last_of_month(d.year + 1, 2)};
      return months(d.year, 3 * d.part, 3 * d.part + 2);
    case DateUnit::month:
      return months(d.year, d.part, d.part);
    case DateUnit::week:
      return {monday_of_week(d.year, d.part), monday_of_week(d.year, d.part) + chr::days{6}};
    case DateUnit::weekend:
      return {monday_of_week(d.year, d.part) + chr::days{5},
              monday_of_week(d.year, d.part) + chr::days{6}};
    case DateUnit::day:
      return {day(d.year, d.part, d.day), day(d.year, d.part, d.day)};
  }
  return {};
}

chr::year_month_day civil(Day d) { return chr::year_month_day{d}; }

PartialDate day_value(Day d) {
  const auto c = civil(d);
  return {DateUnit::day, static_cast<int>(c.year()),
          static_cast<int>(static_cast<unsigned>(c.month())),
          static_cast<int>(static_cast<unsigned>(c.day()))};
}

PartialDate month_value(Day d) {
  const auto value = day_value(d);
  return {DateUnit::month, value.year, value.part, 0};
}

PartialDate year_value(Day d) { return {DateUnit::year, static_cast<int>(civil(d).year()), 0, 0}; }

PartialDate quarter_value(Day d) {
  const auto value = day_value(d);
  return {DateUnit::quarter, value.year, (value.part + 2) / 3, 0};
}

// The week belongs to the year that holds its Thursday.
PartialDate iso_week_value(Day d) {
  const Day thursday = d - (chr::weekday{d} - chr::Monday) + chr::days{3};
  const int year = static_cast<int>(civil(thursday).year());
  const auto week = (thursday - monday_of_week(year, 1)).count() / 7 + 1;
  return {DateUnit::week, year, static_cast<int>(week), 0};
}

std::optional<Day> make_day(int year, int month, int day_of_month) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > 31)
    return std::nullopt;
  const auto value = chr::year{year} / chr::month{static_cast<unsigned>(month)} /
                     chr::day{static_cast<unsigned>(day_of_month)};
  if (!value.ok()) return std::nullopt;
  return Day{value};
}

std::string to_string(Day d) { return to_string(day_value(d)); }

std::vector<PartialDate> cover(DayRange range) {
  std::vector<PartialDate> parts;
  for (Day at = range.first; at <= range.last;) {
    PartialDate widest = day_value(at);
    for (const auto& candidate : {month_value(at), year_value(at)}) {
      const auto span = days_of(candidate);
      if (span.first == at && span.last <= range.last) widest = candidate;
    }
    parts.push_back(widest);
    at = days_of(widest).last + chr::days{1};
  }
  return parts;
}

}  // namespace dateline
