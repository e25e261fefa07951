// Named days with a rule: Christmas Day, Easter, Thanksgiving.
//
// "on Good Friday" in an article of 2022 is 2022-04-15, two days before the Easter that the
// Gregorian computus gives. Names and rules are rows of data/LANG/dates/holidays.tsv.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/partial_date.h"
#include "indexer/extract/dates/temporal_cursor.h"

namespace dateline {

// A day of each year: a day of a month (07-04), so many days from Easter (easter-2), or so many
// days from the first, second ... or last weekday of a month (nov thu 4; nov mon 1 +1).
struct HolidayRule {
  enum class Kind : std::uint8_t { month_day, easter, weekday_of_month } kind = Kind::month_day;
  int month = 0;
  int day = 0;      // of the month
  int weekday = 0;  // 1-7, Monday first
  int count = 0;    // 1-4; 0 is the last one of the month
  int away = 0;     // days from there
};

// REQUIRES: the year is 1583 or later.
Day day_of(const HolidayRule& rule, int year);

struct Holiday {
  struct Word {
    std::string key;       // folded; "'s" and "'" are words of their own
    bool capital = false;  // the text has to capitalise it, too
    bool stopped = false;  // "St.": a full stop may follow
  };
  std::vector<Word> words;  // never empty
  HolidayRule rule;
  bool with_the = false;  // "the Fourth of July": the article is part of the mention
};

class Holidays {
 public:
  // Reads data/en/dates/holidays.tsv; names of months and weekdays in rules are words of the
  // lexicon. Throws Error naming file and line.
  static Holidays load(const std::filesystem::path& data, const Lexicon& lexicon);

  struct Found {
    const Holiday* holiday;  // lives as long as the Holidays
    std::uint32_t end;
  };
  // The holiday named by the tokens from i on, the longest name that fits.
  std::optional<Found> read(const TemporalCursor& at, std::uint32_t i) const;

 private:
  std::unordered_map<std::string, std::vector<Holiday>, KeyHash, std::equal_to<>> by_first_word_;
};

}  // namespace dateline
