#include "common/partial_date.h"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace dateline;
namespace chr = std::chrono;

namespace {

Day day(int year, int month, int number) {
  return Day{chr::year{year} / chr::month{static_cast<unsigned>(month)} /
             chr::day{static_cast<unsigned>(number)}};
}
const Day kFirst = day(1800, 1, 1);
const Day kLast = day(2100, 12, 31);

DayRange days(std::string_view text) {
  const auto date = parse_partial_date(text);
  REQUIRE(date.has_value());
  return days_of(*date);
}

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// The calendar by counting, without the library's arithmetic.
struct Counted {
  int year = 1800, month = 1, number = 1;
  int weekday = 3;  // 1800-01-01 was a Wednesday; Monday is 1
  void next() {
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    weekday = weekday % 7 + 1;
    if (++number <= kDays[month - 1] + (month == 2 && is_leap(year) ? 1 : 0)) return;
    number = 1;
    if (++month <= 12) return;
    month = 1;
    ++year;
  }
};

// The cover holds each day once: parts in order, without gap or overlap, from the first to the
// last.
void check_cover(DayRange range) {
  const auto parts = cover(range);
  INFO(to_string(range.first) << " to " << to_string(range.last));
  Day next = range.first;
  for (const auto& part : parts) {
    REQUIRE((part.unit == DateUnit::year || part.unit == DateUnit::month ||
             part.unit == DateUnit::day));
    const DayRange held = days_of(part);
    REQUIRE(held.first == next);
    next = held.last + chr::days{1};
  }
  REQUIRE(next == range.last + chr::days{1});
}

}  // namespace

TEST_CASE("every day from 1800 to 2100 is the counted one, in print, month, year and ISO week",
          "[partial_date]") {
  Counted counted;
  for (Day at = kFirst; at <= kLast; at += chr::days{1}, counted.next()) {
    const PartialDate value = day_value(at);
    REQUIRE(
        (value.year == counted.year && value.part == counted.month && value.day == counted.number));
    REQUIRE(parse_partial_date(to_string(value)) == value);
    REQUIRE(days_of(value) == DayRange{at, at});
    const DayRange month = days_of(month_value(at));
    REQUIRE(
        (month.first <= at && at <= month.last && (at == month.first) == (counted.number == 1)));
    const DayRange year = days_of(year_value(at));
    REQUIRE(((at == year.first) == (counted.month == 1 && counted.number == 1)));
    const DayRange week = days_of(iso_week_value(at));
    REQUIRE((week.first <= at && at <= week.last && week.last - week.first == chr::days{6}));
    REQUIRE(((at == week.first) == (counted.weekday == 1)));
    // ISO 8601: a week belongs to the year of its Thursday.
    REQUIRE(iso_week_value(at).year == static_cast<int>(civil(week.first + chr::days{3}).year()));
  }
}

TEST_CASE("what is printed is read again, for every unit", "[partial_date]") {
  for (int year = 1800; year <= 2100; ++year) {
    std::vector<PartialDate> values{{DateUnit::year, year, 0, 0}};
    if (year % 100 == 0) values.push_back({DateUnit::century, year, 0, 0});
    if (year % 10 == 0) values.push_back({DateUnit::decade, year, 0, 0});
    for (int i = 1; i <= 2; ++i) values.push_back({DateUnit::half, year, i, 0});
    for (int i = 1; i <= 4; ++i) values.push_back({DateUnit::quarter, year, i, 0});
    for (int i = 1; i <= 4; ++i) values.push_back({DateUnit::season, year, i, 0});
    for (int i = 1; i <= 12; ++i) values.push_back({DateUnit::month, year, i, 0});
    for (int i = 1; i <= 52; ++i) values.push_back({DateUnit::week, year, i, 0});
    for (int i = 1; i <= 52; ++i) values.push_back({DateUnit::weekend, year, i, 0});
    for (const auto& value : values) {
      INFO(to_string(value));
      REQUIRE(parse_partial_date(to_string(value)) == value);
      REQUIRE(days_of(value).first <= days_of(value).last);
    }
  }
}

TEST_CASE("leap years, week 53, month ends, winters", "[partial_date]") {
  CHECK(days("2000-02").last == day(2000, 2, 29));
  CHECK(days("1900-02").last == day(1900, 2, 28));
  CHECK(days("2024-02").last == day(2024, 2, 29));
  CHECK(days("2020-W53") == DayRange{day(2020, 12, 28), day(2021, 1, 3)});
  CHECK(days("2020-W53-WE") == DayRange{day(2021, 1, 2), day(2021, 1, 3)});
  CHECK(days("2021-W01").first == day(2021, 1, 4));
  CHECK(iso_week_value(day(2021, 1, 3)) == *parse_partial_date("2020-W53"));
  CHECK(days("2023-WI") == DayRange{day(2023, 12, 1), day(2024, 2, 29)});
  CHECK(days("2023-Q4") == DayRange{day(2023, 10, 1), day(2023, 12, 31)});
  CHECK(days("2023-H1") == DayRange{day(2023, 1, 1), day(2023, 6, 30)});
  CHECK(days("199") == DayRange{day(1990, 1, 1), day(1999, 12, 31)});
  CHECK(days("19") == DayRange{day(1900, 1, 1), day(1999, 12, 31)});
  CHECK(quarter_value(day(2023, 3, 31)) == *parse_partial_date("2023-Q1"));
}

TEST_CASE("what does not exist is no date", "[partial_date]") {
  for (const auto* text :
       {"2023-02-29",  "1900-02-29", "2023-02-30", "2023-04-31", "2023-13",  "2023-00",
        "2023-01-00",  "2023-W00",   "2021-W53",   "2023-W54",   "2023-Q0",  "2023-Q5",
        "2023-H3",     "0000",       "0000-01-01", "2023-1",     "2023-1-1", "23-01-01",
        "2023-01-01x", "-2023",      "2023-",      "2023-XX",    "",         "1",
        "+023",        "2023-W1",    "2023/01/01", "20230101"}) {
    INFO(text);
    CHECK(!parse_partial_date(text).has_value());
  }
  CHECK(!make_day(2023, 2, 29).has_value());
  CHECK(!make_day(0, 1, 1).has_value());
  CHECK(!make_day(10000, 1, 1).has_value());
  CHECK(make_day(2024, 2, 29) == day(2024, 2, 29));
}

TEST_CASE("a cover holds each day of a range exactly once", "[partial_date]") {
  std::mt19937 random(5);
  const auto all = (kLast - kFirst).count() + 1;
  for (int i = 0; i < 20000; ++i) {
    const Day first = kFirst + chr::days{static_cast<int>(random() % static_cast<unsigned>(all))};
    const auto longest = i % 2 == 0 ? 800 : all;
    const Day last = std::min(
        kLast, first + chr::days{static_cast<int>(random() % static_cast<unsigned>(longest))});
    check_cover({first, last});
  }
  check_cover({day(1, 1, 1), day(9999, 12, 31)});
}

TEST_CASE("a cover is the smallest", "[partial_date]") {
  const auto texts = [](Day first, Day last) {
    std::string text;
    for (const auto& part : cover({first, last}))
      text += (text.empty() ? "" : " ") + to_string(part);
    return text;
  };
  CHECK(texts(day(2023, 1, 1), day(2023, 12, 31)) == "2023");
  CHECK(texts(day(2022, 12, 31), day(2024, 2, 29)) == "2022-12-31 2023 2024-01 2024-02");
  CHECK(texts(day(2023, 2, 27), day(2023, 4, 1)) == "2023-02-27 2023-02-28 2023-03 2023-04-01");
  CHECK(texts(day(2023, 2, 1), day(2023, 2, 28)) == "2023-02");
  CHECK(texts(day(2024, 2, 1), day(2024, 2, 28)).size() ==
        28 * 10 + 27);  // one day short of the month: 28 days
}
