#include "indexer/extract/places/gazetteer.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>

using namespace dateline;

namespace {

const Gazetteer& gazetteer() {
  static const Gazetteer loaded = Gazetteer::load(DATELINE_SOURCE "/data");
  return loaded;
}

// The label of the largest place of that name and kind in a country.
std::string label_of(const std::string& name, PlaceKind kind, const std::string& country) {
  std::string label;
  std::int64_t most = -1;
  for (const auto& sense : gazetteer().find_name(name)) {
    const auto& place = gazetteer()[sense.place];
    if (!sense.main_name || place.kind != kind || place.country != country) continue;
    if (static_cast<std::int64_t>(place.population) <= most) continue;
    most = static_cast<std::int64_t>(place.population);
    label = gazetteer().describe(sense.place).label;
  }
  return label;
}

}  // namespace

TEST_CASE("no two places of the gazetteer share a label") {
  std::map<std::string, std::int64_t> labels;
  std::string shared;
  for (PlaceIndex i = 0; i < gazetteer().size(); ++i) {
    const Place place = gazetteer().describe(i);
    const auto [known, fresh] = labels.emplace(place.label, place.id);
    if (!fresh)
      shared +=
          place.label + " " + std::to_string(known->second) + " " + std::to_string(place.id) + "\n";
  }
  INFO(shared);
  CHECK(shared.empty());
  CHECK(labels.size() > 10'000);
}

TEST_CASE("a label is the plain name, with no more than parts it from its namesakes") {
  CHECK(label_of("Ukraine", PlaceKind::country, "UA") == "Ukraine");
  CHECK(label_of("Vladivostok", PlaceKind::city, "RU") == "Vladivostok");
  CHECK(label_of("Paris", PlaceKind::city, "FR") == "Paris, FR");
  CHECK(label_of("Geneva", PlaceKind::city, "CH") == "Geneva, CH");
  CHECK(label_of("Nairobi", PlaceKind::city, "KE") == "Nairobi, KE");
  CHECK(label_of("Alabama", PlaceKind::region, "US") == "Alabama, US");
  CHECK(label_of("Washington", PlaceKind::region, "US") == "Washington (region), US");
  CHECK(label_of("Springfield", PlaceKind::city, "US") == "Springfield, Missouri, US");
}

TEST_CASE("a country's two-letter code names it and nothing else") {
  for (const std::string code : {"CH", "US", "UA", "RU", "KE", "BR"}) {
    const auto place = gazetteer().country(code);
    REQUIRE(place);
    CHECK(gazetteer()[*place].country == code);
    CHECK(gazetteer()[*place].kind == PlaceKind::country);
  }
  CHECK_FALSE(gazetteer().country("ZZ"));
}

TEST_CASE("a place comes with its parents, the nearest first") {
  for (const auto& sense : gazetteer().find_name("Geneva")) {
    const Place place = gazetteer().describe(sense.place);
    if (place.country != "CH" || place.kind != PlaceKind::city) continue;
    REQUIRE(place.parents.size() >= 2);
    CHECK(place.parents[place.parents.size() - 2] == "Switzerland");
    CHECK(place.parents.back() == "Europe");
    CHECK(place.lat == Approx(46.2).margin(0.05));
    CHECK(place.lon == Approx(6.15).margin(0.05));
    return;
  }
  FAIL("no Geneva in Switzerland");
}
