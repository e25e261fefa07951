#include "query/language/near_lookup.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/place_entry.h"
#include "common/text/name_key.h"
#include "query/language/value_lookup.h"

namespace dateline {
namespace {

std::string exact_place(const Place& place) {
  return make_term(info(Field::near).prefix, fmt::format("{}", place.id));
}

// The point of a country, a sea or a river is but somewhere in its middle.
bool has_point(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::continent:
    case PlaceKind::country:
    case PlaceKind::territory:
    case PlaceKind::region:
    case PlaceKind::sea:
    case PlaceKind::river:
    case PlaceKind::area:
      return false;
    default:
      return true;
  }
}

}  // namespace

// Of the dictionary, which keeps places that no article names any more, those that one does; the
// most named first.
const std::vector<NearLookup::NamedPlace>& NearLookup::places() {
  if (places_) return *places_;
  places_.emplace();
  for (const auto& line : index_.entries(Facet::place)) {
    auto place = parse_place_entry(line);
    if (!place || is_local(*place)) continue;  // a guess has no point of its own
    const auto articles = index_.postings().frequency(exact_place(*place));
    if (articles > 0) places_->emplace_back(articles, std::move(*place));
  }
  std::ranges::sort(*places_, [](const NamedPlace& a, const NamedPlace& b) {
    return a.first != b.first ? a.first > b.first : a.second.label < b.second.label;
  });
  return *places_;
}

// Key of the usual name of the country that is called so as well: of USA and UK.
std::optional<std::string> NearLookup::country_called(const std::string& key) const {
  for (const auto& country : index_.country_names()) {
    const auto called = [&](const std::string& other) { return name_key(other) == key; };
    if (std::ranges::any_of(country.names, called)) return name_key(country.names.front());
  }
  return std::nullopt;
}

// The place of that label, or the most named one of that name or whose label begins so.
std::optional<Place> NearLookup::place_meant(const std::string& name,
                                             std::vector<std::string>& namesakes) {
  const std::string key = name_key(name);
  const auto country = country_called(key);
  std::vector<const Place*> found;
  for (const auto& [articles, place] : places()) {
    if (name_key(place.label) == key) return place;
    if (name_key(place.name) == key || begins_label(place.label, key) ||
        (country && name_key(place.label) == *country))
      found.push_back(&place);
  }
  if (found.empty()) return std::nullopt;
  for (auto other = found.begin() + 1; other != found.end(); ++other)
    namesakes.push_back((*other)->label);
  return *found.front();
}

NearMeaning NearLookup::look_up(const NearQuery& asked) {
  NearMeaning meaning;
  std::optional<Place> centre;
  if (!asked.point) {
    centre = place_meant(asked.place, meaning.namesakes);
    if (!centre) return meaning;
  }
  const Point middle = centre ? Point{centre->lat, centre->lon} : *asked.point;
  meaning.centre = centre ? centre->label : fmt::format("{}, {}", middle.lat, middle.lon);
  for (const auto& [articles, place] : places()) {
    const bool inside = has_point(place.kind) &&
                        kilometres_between(middle, {place.lat, place.lon}) <= asked.kilometres;
    if (inside || (centre && centre->id == place.id)) meaning.terms.push_back(exact_place(place));
  }
  return meaning;
}

}  // namespace dateline
