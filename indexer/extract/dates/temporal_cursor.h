// A view of the tokens for the rules of time: looks beyond the ends are empty tokens, never errors.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "common/partial_date.h"
#include "indexer/extract/dates/date_word.h"
#include "indexer/extract/token.h"

namespace dateline {

class Holidays;

struct TemporalCursor {
  const TokenizedText& text;
  const Holidays& holidays;
  std::uint32_t floor = 0;  // first token that no expression has taken yet
  std::uint32_t end = 0;    // of the paragraph

  bool has(std::uint32_t i) const { return i >= floor && i < end; }
  const Token& token(std::uint32_t i) const;  // an empty token outside
  std::string_view key(std::uint32_t i) const { return token(i).key; }
  bool is(std::uint32_t i, std::string_view mark) const {
    return has(i) && text.tokens[i].is(mark);
  }
  bool in(std::uint32_t i, DateRole role) const { return token(i).in(role); }
  bool in(std::uint32_t i, std::initializer_list<DateRole> any) const;
  bool word(std::uint32_t i, DateWordKind kind) const { return value(i, kind).has_value(); }

  // The value of a date word of that kind.
  std::optional<int> value(std::uint32_t i, DateWordKind kind) const;

  // "quarter", not "quarters".
  bool is_unit(std::uint32_t i, DateUnit unit) const { return is_unit(token(i), unit); }
  static bool is_unit(const Token& token, DateUnit unit);

  // A hyphen or dash of a range: 3-5, 1998–2003.
  bool dash(std::uint32_t i) const;

  // The same, looking at tokens already taken too (for what stands before an expression).
  const Token& before(std::uint32_t i, std::uint32_t steps = 1) const;
  bool before_in(std::uint32_t i, DateRole role) const { return before(i).in(role); }
  bool before_in(std::uint32_t i, std::initializer_list<DateRole> any) const;
};

// A word with a place in the calendar: a month, a number, a unit, a shift, not one beside them.
inline bool is_calendar_word(const Token& token) {
  return token.entry != nullptr && token.entry->date.kind != DateWordKind::none;
}

// The number a token writes in digits without separators, with an ordinal ending (3rd) or without;
// absent otherwise or above 9999.
struct Digits {
  int value = 0;
  int count = 0;  // how many digits are written: 07 has two
  bool ordinal = false;
};
std::optional<Digits> digits_of(const Token& token);

// "24", "24th", "third", "twenty-first": the day and the token after it; absent when none begins at
// i.
struct ReadNumber {
  int value = 0;
  std::uint32_t end = 0;
  bool ordinal = false;
};
std::optional<ReadNumber> read_day_of_month(const TemporalCursor& at, std::uint32_t i);

// A year in four digits, or "nineteen ninety-six", "two thousand".
std::optional<ReadNumber> read_year(const TemporalCursor& at, std::uint32_t i);

// "third quarter", "third-quarter", "fiscal second half" from token i on.
struct ReadPart {
  DateUnit unit;  // quarter or half
  int part;
  std::uint32_t end;
};
std::optional<ReadPart> read_ordinal_part(const TemporalCursor& at, std::uint32_t i);

// The number that ends before token i: "20" years, "twenty-five" years, "a" year, "a couple of"
// weeks. `end` is where it begins.
std::optional<ReadNumber> read_count_before(const TemporalCursor& at, std::uint32_t i);

}  // namespace dateline
