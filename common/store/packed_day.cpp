#include "common/store/packed_day.h"

namespace dateline {
namespace {

constexpr std::int64_t kDaysFromYearOneTo1970 = 719'162;
constexpr std::uint32_t kLastDay = 3'652'058;

}  // namespace

std::uint32_t day_number(Day day) {
  return static_cast<std::uint32_t>(day.time_since_epoch().count() + kDaysFromYearOneTo1970);
}

std::string pack_day(Day day) {
  const std::uint32_t count = day_number(day);
  std::string packed;
  for (int shift = 24; shift >= 0; shift -= 8) packed += static_cast<char>(count >> shift & 0xFFu);
  return packed;
}

std::uint32_t packed_day_number(std::string_view packed) {
  std::uint32_t number = 0;
  for (const char byte : packed.substr(0, 4))
    number = number << 8 | static_cast<unsigned char>(byte);
  return number <= kLastDay ? number : 0;
}

Day numbered_day(std::uint32_t number) {
  return Day{std::chrono::days{static_cast<std::int64_t>(number) - kDaysFromYearOneTo1970}};
}

Day unpack_day(std::string_view packed) { return numbered_day(packed_day_number(packed)); }

}  // namespace dateline
