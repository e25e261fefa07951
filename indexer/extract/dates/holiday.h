// Named days with a rule: Christmas Day, Easter, Thanksgiving, Eid al-Fitr.
//
// "on Good Friday" in an article of 2022 is 2022-04-15, two days before the Easter that the
// Gregorian computus gives. Names and rules are rows of data/LANG/dates/holidays.tsv; feasts of
// other calendars have their days in movable_days.tsv.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/partial_date.h"
#include "indexer/extract/dates/date_name.h"
#include "indexer/extract/dates/historic_date.h"
#include "indexer/extract/dates/temporal_cursor.h"

namespace dateline {

// A day of each year: a day of a month (07-04), so many days from Easter (easter-2), so many
// days from the first, second ... or last weekday of a month (nov thu 4; nov mon 1 +1), or the days
// of a feast in its table (table diwali).
struct HolidayRule {
  enum class Kind : std::uint8_t {
    month_day,
    easter,
    weekday_of_month,
    table
  } kind = Kind::month_day;
  int month = 0;
  int day = 0;                             // of the month
  int weekday = 0;                         // 1-7, Monday first
  int count = 0;                           // 1-4; 0 is the last one of the month
  int away = 0;                            // days from there
  const std::vector<Day>* days = nullptr;  // of Kind::table: in order, owned by the Holidays
};

// The days of that year: one, but for a feast of another calendar, which a year may have twice or
// not at all, and which is known for the years of its table only.
// REQUIRES: the year is 1583 or later.
std::vector<Day> days_in(const HolidayRule& rule, int year);

struct Holiday {
  DateName name;
  HolidayRule rule;
  bool alone = false;  // no day of this rule behind the name of a country: Latvia's Victory Day
};

class Holidays {
 public:
  // Reads holidays.tsv, movable_days.tsv and historic.tsv of data/en/dates; names of months and
  // weekdays in rules are words of the lexicon. Throws Error naming file and line.
  static Holidays load(const std::filesystem::path& data, const Lexicon& lexicon);

  struct Found {
    const Holiday* holiday;  // lives as long as the Holidays
    std::uint32_t end;
  };
  const HistoricDates& historic() const { return historic_; }

  // The holiday named by the tokens from i on, the longest name that fits.
  std::optional<Found> read(const TemporalCursor& at, std::uint32_t i) const;

 private:
  using Feasts = std::unordered_map<std::string, std::vector<Day>, KeyHash, std::equal_to<>>;
  HistoricDates historic_;
  Feasts feasts_;  // nodes stay where they are when it is moved: rules point to them
  std::unordered_map<std::string, std::vector<Holiday>, KeyHash, std::equal_to<>> by_first_word_;
};

}  // namespace dateline
