#include "query/near_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/name_key.h"
#include "common/place_entry.h"

namespace dateline {
namespace {

using NamedPlace = std::pair<Xapian::doccount, Place>;  // how many articles name it

std::string exact_place(const Place& place) { return make_term(kExactPlacePrefix, fmt::format("{}", place.id)); }

// The point of a country, a sea or a river is but somewhere in its middle.
bool has_point(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::continent: case PlaceKind::country: case PlaceKind::territory: case PlaceKind::region: return false;
    case PlaceKind::sea: case PlaceKind::river: case PlaceKind::area: return false;
    default: return true;
  }
}

// Of the dictionary, which keeps places that no article names any more, those that one does; the most named first.
std::vector<NamedPlace> named_places(const IndexReader& index) {
  std::vector<NamedPlace> places;
  for (const auto& line : index.entries(Facet::place)) {
    auto place = parse_place_entry(line);
    if (!place) continue;
    const auto articles = index.database().get_termfreq(exact_place(*place));
    if (articles > 0) places.emplace_back(articles, std::move(*place));
  }
  std::ranges::sort(places, [](const NamedPlace& a, const NamedPlace& b) { return a.first != b.first ? a.first > b.first : a.second.label < b.second.label; });
  return places;
}

// The place of that label, or the most named one of that name.
std::optional<Place> place_meant(const std::string& name, const std::vector<NamedPlace>& places, std::vector<std::string>& namesakes) {
  const std::string key = name_key(name);
  std::vector<const Place*> found;
  for (const auto& [articles, place] : places) {
    if (name_key(place.label) == key) return place;
    if (name_key(place.name) == key) found.push_back(&place);
  }
  if (found.empty()) return std::nullopt;
  for (auto other = found.begin() + 1; other != found.end(); ++other) namesakes.push_back((*other)->label);
  return *found.front();
}

}  // namespace

NearMeaning look_up_near(const NearQuery& asked, const IndexReader& index) {
  NearMeaning meaning;
  const auto places = named_places(index);
  std::optional<Place> centre;
  if (!asked.point) {
    centre = place_meant(asked.place, places, meaning.namesakes);
    if (!centre) return meaning;
  }
  const Point middle = centre ? Point{centre->lat, centre->lon} : *asked.point;
  meaning.centre = centre ? centre->label : fmt::format("{}, {}", middle.lat, middle.lon);
  for (const auto& [articles, place] : places) {
    const bool inside = has_point(place.kind) && kilometres_between(middle, {place.lat, place.lon}) <= asked.kilometres;
    if (inside || (centre && centre->id == place.id)) meaning.terms.push_back(exact_place(place));
  }
  return meaning;
}

}  // namespace dateline
