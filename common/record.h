// What was extracted from one article: who said what, where and when.
//
// For `"We regret it," said Anna Lind in Oslo on Monday.` the record has one quotation with its
// speaker, one place and one date. All spans are byte offsets into Article::text. record_json.h
// writes and reads its JSON form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/partial_date.h"
#include "common/span.h"

namespace dateline {

enum class QuoteKind : std::uint8_t { direct, mixed, indirect };

// One thing said by one; what several said together has an entry for each. `segments` are the
// pieces of a quotation broken by its cue, in order, marks included; `span` is their hull.
struct Quote {
  std::optional<std::string> speaker;  // fullest name in the article; absent when nobody is named
  QuoteKind kind = QuoteKind::direct;
  Span span;
  std::vector<Span> segments;  // never empty
  std::optional<Span> source;  // the words that name the speaker: "Blinken", "he"
  std::string cue;             // "said", "according to", or "" when there is none
  bool operator==(const Quote&) const = default;
};

enum class SpeakerType : std::uint8_t { person, organisation };

struct Speaker {
  std::string name;
  SpeakerType type = SpeakerType::person;
  auto operator<=>(const Speaker&) const = default;
};

enum class PlaceKind : std::uint8_t {
  continent,
  country,
  territory,
  region,
  district,
  city,
  town,
  quarter,
  island,
  sea,
  river,
  lake,
  mountain,
  area
};

// A place with its mentions. Parents run from the nearest to the widest (Geneva, Switzerland,
// Europe), by name.
struct Place {
  std::string name;     // canonical: "Geneva"
  std::string label;    // unambiguous in the gazetteer: "Paris, FR", or the name itself
  std::int64_t id = 0;  // GeoNames id; negative for places of our own tables and for guesses
  PlaceKind kind = PlaceKind::city;
  std::string country;  // ISO 3166-1 alpha-2; "" for seas and continents
  std::string region;   // first-level region, "" when there is none
  double lat = 0;       // degrees, WGS 84
  double lon = 0;
  std::vector<std::string> parents;
  std::vector<Span> mentions;  // in text order
  double confidence = 1;       // that its mentions mean this place: 0 to 1, in hundredths
  bool operator==(const Place&) const = default;
};

// Is it a guess: a name that no gazetteer has, taken for a place by its form? Its label is the name
// alone and its id is made from that, so that it is one thing in all articles; country, region,
// point and parents are those of the place it is named beside in this one.
constexpr std::int64_t kFirstLocalId = -1'000'000;
constexpr bool is_local_id(std::int64_t id) { return id <= kFirstLocalId; }
inline bool is_local(const Place& place) { return is_local_id(place.id); }

struct DateMentions {
  PartialDate value;
  std::vector<Span> mentions;  // in text order
  bool operator==(const DateMentions&) const = default;
};

struct Record {
  std::vector<Quote> quotes;        // in text order
  std::vector<Speaker> speakers;    // in order of first being quoted, no name twice
  std::vector<Place> places;        // in order of first mention
  std::vector<std::string> focus;   // ISO country codes, most important first
  std::vector<DateMentions> dates;  // in calendar order of the values
  bool operator==(const Record&) const = default;
};

std::string_view to_string(QuoteKind kind);
std::string_view to_string(SpeakerType type);
std::string_view to_string(PlaceKind kind);
std::optional<PlaceKind> parse_place_kind(std::string_view text);

}  // namespace dateline
