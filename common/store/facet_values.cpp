#include "common/store/facet_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/place_entry.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

FacetValue plain(std::string_view name) {
  const std::string line = single_spaced(name);
  return {line, line};
}

void add_speakers(std::vector<FacetValue>& values, const Record& record, bool organisations_only) {
  for (const auto& speaker : record.speakers) {
    if (!organisations_only || speaker.type == SpeakerType::organisation)
      values.push_back(plain(speaker.name));
  }
}

void add_places(std::vector<FacetValue>& values, const Record& record) {
  for (const auto& place : record.places)
    values.push_back({fmt::format("{}", place.id), to_place_entry(place)});
}

void add_countries(std::vector<FacetValue>& values, const Record& record) {
  for (const auto& place : record.places) {
    if (!place.country.empty()) values.push_back(plain(place.country));
  }
}

// The year, month or day that holds a mentioned date wholly.
void add_dates(std::vector<FacetValue>& values, const Record& record, PartialDate (*unit)(Day)) {
  for (const auto& date : record.dates) {
    const DayRange days = days_of(date.value);
    const PartialDate holder = unit(days.first);
    if (days_of(holder).last >= days.last) values.push_back(plain(to_string(holder)));
  }
}

}  // namespace

std::vector<FacetValue> facet_values(const Record& record, Facet facet) {
  std::vector<FacetValue> values;
  switch (facet) {
    case Facet::speaker:
      add_speakers(values, record, false);
      break;
    case Facet::organisation:
      add_speakers(values, record, true);
      break;
    case Facet::place:
      add_places(values, record);
      break;
    case Facet::country:
      add_countries(values, record);
      break;
    case Facet::focus:
      for (const auto& code : record.focus) values.push_back(plain(code));
      break;
    case Facet::mentions_year:
      add_dates(values, record, year_value);
      break;
    case Facet::mentions_month:
      add_dates(values, record, month_value);
      break;
    case Facet::mentions_day:
      add_dates(values, record, day_value);
      break;
    case Facet::year:
    case Facet::month:
    case Facet::day:
      break;  // counted from the publication date
  }
  std::ranges::sort(values);
  const auto repeated = std::ranges::unique(values, {}, &FacetValue::key);
  values.erase(repeated.begin(), repeated.end());
  return values;
}

std::string facet_key(Facet facet, std::string_view entry) {
  return std::string(facet == Facet::place ? entry.substr(0, entry.find('\t')) : entry);
}

}  // namespace dateline
