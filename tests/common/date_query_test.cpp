#include "common/date_query.h"

#include <catch2/catch.hpp>
#include <string>

#include "common/error.h"

using namespace dateline;

namespace {

const Day kToday = *make_day(2024, 3, 31);  // a Sunday

// "first..last" of what is understood.
std::string read(std::string_view value, Day today = kToday) {
  const DateInterval interval = parse_date_query(value, today);
  return (interval.first ? to_string(*interval.first) : "") + ".." +
         (interval.last ? to_string(*interval.last) : "");
}

std::string refusal(std::string_view value) {
  try {
    parse_date_query(value, kToday);
  } catch (const Error& error) {
    return error.what();
  }
  return "understood";
}

}  // namespace

TEST_CASE("values stand for all their days") {
  CHECK(read("2023-03-02") == "2023-03-02..2023-03-02");
  CHECK(read("2023-02") == "2023-02-01..2023-02-28");
  CHECK(read("2023") == "2023-01-01..2023-12-31");
  CHECK(read("2023-W09") == "2023-02-27..2023-03-05");
  CHECK(read("2023-Q2") == "2023-04-01..2023-06-30");
  CHECK(read("1990s") == "1990-01-01..1999-12-31");
  CHECK(read("2023-w09") == read("2023-W09"));
  CHECK(read("2023-q2") == read("2023-Q2"));
  CHECK(read("Last-Month") == read("last-month"));
  CHECK(read("30D..") == read("30d.."));
  CHECK(refusal("202") == "\"202\" is no year");
}

TEST_CASE("ranges take the first day of one and the last of the other, either end open") {
  CHECK(read("2023-01..2023-03") == "2023-01-01..2023-03-31");
  CHECK(read("2022..") == "2022-01-01..");
  CHECK(read("..2023-03") == "..2023-03-31");
  CHECK(read("2023-W52..2024-W01") == "2023-12-25..2024-01-07");
  CHECK(read("yesterday..today") == "2024-03-30..2024-03-31");
}

TEST_CASE("relative days count from today") {
  CHECK(read("today") == "2024-03-31..2024-03-31");
  CHECK(read("yesterday") == "2024-03-30..2024-03-30");
  CHECK(read("tomorrow") == "2024-04-01..2024-04-01");
  CHECK(read("this-week") == "2024-03-25..2024-03-31");
  CHECK(read("last-week") == "2024-03-18..2024-03-24");
  CHECK(read("this-month") == "2024-03-01..2024-03-31");
  CHECK(read("last-month") == "2024-02-01..2024-02-29");
  CHECK(read("last-year") == "2023-01-01..2023-12-31");
  CHECK(read("1d..") == "2024-03-31..2024-03-31");
  CHECK(read("30d..") == "2024-03-02..2024-03-31");
  CHECK(read("2w..") == "2024-03-18..2024-03-31");
  CHECK(read("1m..") == "2024-03-01..2024-03-31");  // the last of February and the day after
  CHECK(read("1y..") == "2023-04-01..2024-03-31");
  CHECK(read("last-week", *make_day(2021, 1, 4)) == "2020-12-28..2021-01-03");
}

TEST_CASE("a refusal names what was written") {
  CHECK(refusal("2023-02-30") == "\"2023-02-30\" is no date of the calendar");
  CHECK(refusal("2023-13") == "\"2023-13\" is no date of the calendar");
  CHECK(refusal("2023-01-2023-06") == "\"2023-01-2023-06\" is no date, but may be a range");
  CHECK(refusal("2023-2024") == "\"2023-2024\" is no date, but may be a range");
  CHECK(refusal("2021-W53") == "\"2021-W53\" is no date of the calendar");
  CHECK(refusal("soon") == "\"soon\" is not understood as a date");
  CHECK(refusal("2024..2023") == "\"2024..2023\" ends before it begins");
  CHECK(refusal("..") == "\"..\" has neither beginning nor end");
  CHECK(refusal("30d") == "\"30d\" is not understood as a date");
  CHECK(refusal("0d..") == "\"0d\" is not understood as a date");
  CHECK(refusal("999999999999d..") == "\"999999999999d\" is not understood as a date");
}

TEST_CASE("days before the first year are none") {
  const Day early = *make_day(1, 1, 10);
  CHECK(read("5d..", early) == "0001-01-06..0001-01-10");
  CHECK(read("30d..", early) == "0001-01-01..0001-01-10");
  CHECK(read("2y..", early) == "0001-01-01..0001-01-10");
  CHECK(read("yesterday", *make_day(1, 1, 2)) == "0001-01-01..0001-01-01");
  CHECK_THROWS_AS(parse_date_query("yesterday", *make_day(1, 1, 1)), Error);
  CHECK_THROWS_AS(parse_date_query("last-year", early), Error);
  CHECK_THROWS_AS(parse_date_query("tomorrow", *make_day(9999, 12, 31)), Error);
}
