// Which places does the world have under this name?
//
// "Paris" is the capital of France (GeoNames 2988507) and a city in Texas (4717560); "Kiev" is an
// older name of Kyiv. Read once from data/world/gazetteer.tsv, data/en/nationalities.tsv and
// data/world/country_codes.tsv, shared between threads, never changed.
//
// A name is found word by word: the hash of "st" leads to that of "st louis" as long as some name
// goes on. Words are compared as token keys (folded, full stops dropped), "Saint", "Mount" and
// "Fort" as "St.", "Mt." and "Ft.", hyphens as blanks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/record.h"
#include "common/store/country_name.h"
#include "indexer/extract/places/place_word.h"

namespace dateline {

using PlaceIndex = std::uint32_t;
constexpr PlaceIndex kNoPlace = 0xFFFFFFFF;

// Views live as long as the Gazetteer.
struct GazetteerPlace {
  std::int64_t id = 0;  // GeoNames; negative for places of our own tables
  std::string_view name;
  std::string_view country;      // ISO 3166-1 alpha-2, "" when in none or several
  std::string_view region_code;  // first-level division inside the country; of countries and
                                 // continents: the continent
  float lat = 0;                 // degrees
  float lon = 0;
  std::uint32_t population = 0;  // 0: unknown
  PlaceIndex region_place = kNoPlace;
  PlaceIndex country_place = kNoPlace;
  PlaceKind kind = PlaceKind::city;
  bool capital = false;  // of a country
};

// One of our own tables that is known for more than its inhabitants: a sea, a mountain, a site; not
// a quarter of a city.
inline bool is_landmark(const GazetteerPlace& place) {
  return place.id < 0 && (place.kind != PlaceKind::quarter || place.population == 0);
}

// One meaning of a name.
struct NameSense {
  PlaceIndex place = kNoPlace;
  bool only_after_comma = false;  // "Ind." and "IN" mean Indiana in "Gary, Ind." only
  bool main_name = false;         // the place's own name, not an older or other one
  bool adjective = false;  // "Russian", "Britons": `place` is the country, the word names no place
};

// State of a look-up after some words of a name.
struct NameHash {
  std::uint64_t value = 0xcbf29ce484222325u;
};

// The state after all words of a name written plainly: "St. Louis".
NameHash hash_of_name(std::string_view name);

class Gazetteer {
 public:
  // Throws Error naming file and line.
  static Gazetteer load(const std::filesystem::path& data);

  // The state after one more word. `key` is a token key.
  static NameHash extend(NameHash state, std::string_view key);

  struct Match {
    std::span<const NameSense> senses;  // empty when no name ends here
    bool goes_on = false;               // longer names begin so
  };
  Match find(NameHash state) const;

  // All senses of a name written plainly: find_name("St. Louis").
  std::span<const NameSense> find_name(std::string_view name) const;

  const GazetteerPlace& operator[](PlaceIndex index) const { return places_[index]; }
  std::size_t size() const { return places_.size(); }
  std::optional<PlaceIndex> country(std::string_view code) const;

  // Countries and territories with all their names, by code.
  const std::vector<CountryName>& country_names() const { return country_names_; }

  const PlaceWords& words() const { return words_; }

  // The place as a record has it, without mentions: unambiguous label, region by name, parents from
  // the nearest to the widest.
  Place describe(PlaceIndex index) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;   // 0: empty
    std::uint32_t first = 0;  // index into senses_
    std::uint16_t count = 0;
    bool goes_on = false;
  };
  friend class GazetteerBuilder;
  std::string label_of(const GazetteerPlace& place) const;
  const Slot* slot_of(std::uint64_t hash) const;

  std::vector<char> text_;  // the file, which the views point into
  std::vector<GazetteerPlace> places_;
  std::vector<NameSense> senses_;      // those of one name side by side
  std::vector<Slot> slots_;            // open addressing, a power of two
  std::vector<PlaceIndex> countries_;  // sorted by code
  std::vector<PlaceIndex> continents_;
  std::vector<CountryName> country_names_;
  PlaceWords words_;
};

}  // namespace dateline
