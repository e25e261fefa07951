// Named days with a rule: Christmas Day, Easter, Thanksgiving.
//
// "on Good Friday" in an article of 2022 is 2022-04-15, two days before the Easter that the
// Gregorian computus gives.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "common/partial_date.h"
#include "indexer/extract/dates/temporal_cursor.h"

namespace dateline {

enum class Holiday : std::uint8_t {
  new_years_day,
  martin_luther_king_day,
  groundhog_day,
  valentines_day,
  presidents_day,
  st_patricks_day,
  ash_wednesday,
  palm_sunday,
  good_friday,
  easter,
  easter_monday,
  earth_day,
  may_day,
  memorial_day,
  independence_day,
  bastille_day,
  labor_day,
  columbus_day,
  halloween,
  election_day,
  veterans_day,
  armistice_day,
  thanksgiving,
  christmas_eve,
  christmas,
  boxing_day,
  new_years_eve,
};

// The day it falls on in a year, 1583 or later.
Day day_of(Holiday holiday, int year);

// The holiday named by the tokens from i on, the longest name first. Its words are capitalised.
struct NamedHoliday {
  Holiday holiday;
  std::uint32_t end;
};
std::optional<NamedHoliday> read_holiday(const TemporalCursor& at, std::uint32_t i);

}  // namespace dateline
