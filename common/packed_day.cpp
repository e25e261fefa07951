#include "common/packed_day.h"

#include <cstdint>

namespace dateline {
namespace {

constexpr std::int64_t kDaysFromYearOneTo1970 = 719'162;

}  // namespace

std::string pack_day(Day day) {
  const auto count = static_cast<std::uint32_t>(day.time_since_epoch().count() + kDaysFromYearOneTo1970);
  std::string packed;
  for (int shift = 24; shift >= 0; shift -= 8) packed += static_cast<char>(count >> shift & 0xFFu);
  return packed;
}

Day unpack_day(std::string_view packed) {
  std::uint32_t count = 0;
  for (const char byte : packed.substr(0, 4)) count = count << 8 | static_cast<unsigned char>(byte);
  return Day{std::chrono::days{static_cast<std::int64_t>(count) - kDaysFromYearOneTo1970}};
}

}  // namespace dateline
