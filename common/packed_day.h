// The date of publication in Slot::date: big-endian days since 0001-01-01, four bytes, which sort as the days do.
#pragma once

#include <string>
#include <string_view>

#include "common/partial_date.h"

namespace dateline {

std::string pack_day(Day day);
Day unpack_day(std::string_view packed);  // of bytes beyond the fourth nothing is read

}  // namespace dateline
