// Tokens -> temporal expressions: what the words say about time, before the calendar is asked.
//
// "late last month" is: the month one before that of publication, tokens "late last month". "on
// Thursday" is weekday 4, which one is left to the tense. date_expression.cpp gives them their
// days. Spans follow the TimeML annotation guidelines 1.2.1: without the preposition, with
// determiner and modifier.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/partial_date.h"
#include "indexer/extract/dates/holiday.h"
#include "indexer/extract/token.h"

namespace dateline {

enum class Meaning : std::uint8_t {
  calendar,        // a place in a year: March 3, 2019; the third quarter; summer; 1998; the 1990s
  weekday,         // Thursday
  holiday,         // Christmas Day
  day_of_month,    // the 17th
  shifted,         // so many units from the reference: two weeks ago, next year, the same day
  compared,        // a year earlier, beside "in the third quarter": that quarter of the year before
  quarter_again,   // the quarter: the one last spoken of
  latest_quarter,  // the latest quarter: the last whole one
};

enum class Reference : std::uint8_t { publication, last_mention };

// Which of the many Thursdays, Marches or summers.
enum class Choice : std::uint8_t {
  by_tense,
  last,
  next,
  present,
  latest,
  following,  // the following Friday: counted from the day last spoken of
  previous,
  same,
};

struct TemporalExpression {
  TokenRange tokens = {};
  Meaning meaning = Meaning::calendar;
  DateUnit unit = DateUnit::day;                 // precision of the value
  int part = 0;                                  // as PartialDate; of a weekday 1-7; 0 of a holiday
  const HolidayRule* holiday = nullptr;          // of Meaning::holiday
  int day = 0;                                   // of the month, 0 when unit is not day
  std::optional<int> year = std::nullopt;        // as written; of a decade or century its first
  std::optional<int> years_away = std::nullopt;  // "of last year": -1, counted from publication
  std::optional<int> years_from_last = std::nullopt;  // "of that year": 0, from the last mention
  std::optional<int> weeks_away = std::nullopt;       // of a weekday, "of last week": -1
  bool two_digit_year = false;                        // '98
  Choice choice = Choice::by_tense;
  Reference from = Reference::publication;
  int away = 0;             // shifted: units from the reference, negative before
  bool is_listed = false;   // "and May 2012": shares what it has with the expression ahead of it
  bool ends_range = false;  // "to Thursday": the same, and not before that expression
};

// In text order, none overlapping.
// `holidays` outlive the result.
std::vector<TemporalExpression> find_temporal_expressions(const TokenizedText& text,
                                                          const Holidays& holidays);

}  // namespace dateline
