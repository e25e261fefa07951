// The date of publication in Slot::date: big-endian days since 0001-01-01, four bytes, which sort
// as the days do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/partial_date.h"

namespace dateline {

std::string pack_day(Day day);
// Days since 0001-01-01, at most 3,652,058 (9999-12-31); what packs no such day is 0.
std::uint32_t packed_day_number(std::string_view packed);
Day numbered_day(std::uint32_t number);
std::uint32_t day_number(Day day);
Day unpack_day(std::string_view packed);  // of bytes beyond the fourth nothing is read

}  // namespace dateline
