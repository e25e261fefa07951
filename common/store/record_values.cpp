#include "common/store/record_values.h"

namespace dateline {
namespace {

RecordValues holders_of(const Record& record, PartialDate (*unit)(Day)) {
  RecordValues values;
  for (const auto& date : record.dates) {
    const DayRange days = days_of(date.value);
    const PartialDate holder = unit(days.first);
    if (days_of(holder).last >= days.last) values.emplace_back(holder);
  }
  return values;
}

}  // namespace

RecordValues speakers_of(const Record& record) {
  RecordValues values;
  for (const auto& speaker : record.speakers) values.emplace_back(std::string_view(speaker.name));
  return values;
}

RecordValues organisations_of(const Record& record) {
  RecordValues values;
  for (const auto& speaker : record.speakers) {
    if (speaker.type == SpeakerType::organisation)
      values.emplace_back(std::string_view(speaker.name));
  }
  return values;
}

RecordValues places_of(const Record& record) {
  RecordValues values;
  for (const auto& place : record.places) values.emplace_back(&place);
  return values;
}

RecordValues countries_of(const Record& record) {
  RecordValues values;
  for (const auto& place : record.places) {
    if (!place.country.empty() && !is_local(place))
      values.emplace_back(std::string_view(place.country));
  }
  return values;
}

RecordValues focus_of(const Record& record) {
  RecordValues values;
  for (const auto& code : record.focus) values.emplace_back(std::string_view(code));
  return values;
}

RecordValues mentioned_dates(const Record& record) {
  RecordValues values;
  for (const auto& date : record.dates) values.emplace_back(date.value);
  return values;
}

RecordValues mentioned_years(const Record& record) { return holders_of(record, year_value); }
RecordValues mentioned_months(const Record& record) { return holders_of(record, month_value); }
RecordValues mentioned_days(const Record& record) { return holders_of(record, day_value); }

}  // namespace dateline
