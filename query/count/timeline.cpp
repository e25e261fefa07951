#include "query/count/timeline.h"

#include <map>

#include "common/store/packed_day.h"
#include "query/language/query_error.h"

namespace dateline {
namespace {

PartialDate unit_value(DateUnit unit, Day day) {
  switch (unit) {
    case DateUnit::year:
      return year_value(day);
    case DateUnit::month:
      return month_value(day);
    case DateUnit::week:
      return iso_week_value(day);
    default:
      return day_value(day);
  }
}

}  // namespace

Timeline make_timeline(DateUnit unit, const std::vector<DayCount>& days) {
  std::map<Day, std::uint64_t> by_first_day;  // of the unit
  for (const auto& [day, count] : days)
    by_first_day[days_of(unit_value(unit, numbered_day(day))).first] += count;
  Timeline timeline{.unit = unit, .rows = {}};
  if (by_first_day.empty()) return timeline;
  const Day last = by_first_day.rbegin()->first;
  for (Day day = by_first_day.begin()->first; day <= last;) {
    if (timeline.rows.size() == kMostTimelineRows) {
      throw QueryError({.kind = NoticeKind::timeline_too_long, .number = kMostTimelineRows});
    }
    const PartialDate value = unit_value(unit, day);
    const auto found = by_first_day.find(day);
    timeline.rows.push_back({to_string(value), found == by_first_day.end() ? 0 : found->second});
    day = days_of(value).last + std::chrono::days{1};
  }
  return timeline;
}

}  // namespace dateline
