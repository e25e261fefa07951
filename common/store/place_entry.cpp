#include "common/store/place_entry.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "common/text/number.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(mark);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string to_place_entry(const Place& place) {
  if (is_local(place)) {  // what it lies by is another thing in each article
    const std::string name = single_spaced(place.name);
    return fmt::format("{}\t{}\t{}\t{}\t\t\t0\t0\t", place.id, name, name, to_string(place.kind));
  }
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", place.id, single_spaced(place.label),
                     single_spaced(place.name), to_string(place.kind), place.country,
                     single_spaced(place.region), place.lat, place.lon,
                     fmt::join(place.parents, "|"));
}

std::optional<Place> parse_place_entry(std::string_view line) {
  const auto cells = split(line, '\t');
  if (cells.size() != 9) return std::nullopt;
  Place place;
  const auto kind = parse_place_kind(cells[3]);
  const auto id = parse_number<std::int64_t>(cells[0]);
  const auto lat = parse_number<double>(cells[6]);
  const auto lon = parse_number<double>(cells[7]);
  if (!kind || !id || !lat || !lon) return std::nullopt;
  if (!(std::abs(*lat) <= 90 && std::abs(*lon) <= 180)) return std::nullopt;
  place.id = *id;
  place.lat = *lat;
  place.lon = *lon;
  place.label = cells[1];
  place.name = cells[2];
  place.kind = *kind;
  place.country = cells[4];
  place.region = cells[5];
  if (!cells[8].empty()) {
    for (const auto parent : split(cells[8], '|')) place.parents.emplace_back(parent);
  }
  return place;
}

}  // namespace dateline
