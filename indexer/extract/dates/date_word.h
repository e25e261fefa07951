// The words dates are made of: what a single token may mean in a calendar.
//
// "Feb" is month 2, "Thursday" weekday 4, "fortnight" 14 days, "twenty" the number 20, "third" the
// place 3, "mid" an edge.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "indexer/extract/token.h"

namespace dateline {

enum class DateWordKind : std::uint8_t {
  month,     // value 1-12
  weekday,   // value 1-7, Monday first (ISO 8601)
  season,    // value 1-4, spring first, as PartialDate
  unit,      // value: a DateUnit; day, week, weekend, month, quarter, half, year, decade, century
  units,     // their plurals
  day_part,  // morning, night: value 0
  day_name,  // today 0, tonight 0, yesterday -1, tomorrow 1: days from publication
  cardinal,  // value 0-90: one ... twenty ... ninety
  ordinal,   // value 1-31: first ... thirty-first is two tokens
  decade,    // value 20-90: the nineties
  shift,     // value: Shift
  edge,      // early, late, mid: part of the span, no change of the value
};

// What "last", "this", "the following" do to the unit after them.
enum class Shift : std::uint8_t {
  last,       // the one before the day of publication
  next,       // the one after it
  present,    // this, current: the one that holds it
  latest,     // the last whole one
  following,  // the one after the date last mentioned
  previous,   // the one before it
  same,       // that, the same: the date last mentioned itself
};

struct DateWord {
  DateWordKind kind;
  std::int16_t value = 0;
  bool shortened = false;  // Feb, Tue: a date only with a full stop or a number beside it
  bool doubtful = false;   // May, March, April: also words or names
};

// nullptr when the key means nothing in a calendar. The table is fixed; pointers live as long as
// the program.
const DateWord* find_date_word(std::string_view key);

// The number a token writes in digits without separators, with an ordinal ending (3rd) or without;
// absent otherwise or above 9999.
struct Digits {
  int value = 0;
  int count = 0;  // how many digits are written: 07 has two
  bool ordinal = false;
};
std::optional<Digits> digits_of(const Token& token);

}  // namespace dateline
