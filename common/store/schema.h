// Which fields an index has, once: terms and slots that both programs agree on.
//
// The query `speaker:blinken` becomes the term "XSblinken"; --facet speaker counts the ordinals of
// slot 4. From this table come the query language's field names, --fields, facets and completion.
// FORMAT.md describes the layout byte by byte.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dateline {

// Raised whenever an index of an older program can no longer be searched or continued; both
// programs check it.
constexpr int kSchemaVersion = 4;
// The oldest that dateline-query still searches, so that searches go on while an upgrade rebuilds.
// Schema 3 differs in the file states only.
constexpr int kOldestReadSchema = 3;

// How a field is searched.
enum class FieldKind : std::uint8_t {
  words,     // free text: words with positions, stems under Z
  name,      // whole values and every run of whole words in them, folded
  value,     // whole values, folded
  date,      // days, months and years
  path,      // the article's path
  distance,  // a place or a point, and how far from it
};

enum class Field : std::uint8_t {
  title,
  speaker,
  organisation,
  place,
  country,
  focus,
  date,
  mentions,
  path,
  near
};

struct FieldInfo {
  Field field;
  std::string_view name;    // in queries: speaker:blinken
  std::string_view prefix;  // of its terms
  FieldKind kind;
  std::string_view help;
  std::string_view example;  // a query that runs
};

// Terms that are in no field of the query language.
constexpr std::string_view kUniquePrefix = "Q";  // + path, or a hash of a long one: one document
constexpr std::string_view kStemPrefix = "Z";    // + field prefix + stem
constexpr std::string_view kYearPrefix = "Y";    // publication: Y2023, M202303, D20230303
constexpr std::string_view kMonthPrefix = "M";
constexpr std::string_view kDayPrefix = "D";
constexpr std::string_view kExactSpeakerPrefix = "XXS";  // + folded full name: a facet's value
constexpr std::string_view kExactOrganisationPrefix = "XXO";
constexpr std::string_view kExactPlacePrefix =
    "XXP";  // + gazetteer id: the place itself, not what lies in it

constexpr std::array kFields = {
    FieldInfo{Field::title, "title", "S", FieldKind::words, "words of the title", "title:treaty"},
    FieldInfo{Field::speaker, "speaker", "XS", FieldKind::name,
              "who is quoted: a person or an organisation", "speaker:\"Anna Lind\""},
    FieldInfo{Field::organisation, "organisation", "XO", FieldKind::name,
              "organisations that are quoted", "organisation:ministry"},
    FieldInfo{Field::place, "place", "XP", FieldKind::value, "places named, and what they lie in",
              "place:Switzerland"},
    FieldInfo{Field::country, "country", "XC", FieldKind::value,
              "countries named, by ISO code or name", "country:CH"},
    FieldInfo{Field::focus, "focus", "XF", FieldKind::value,
              "countries it is about, by ISO code or name", "focus:CH"},
    FieldInfo{Field::date, "date", "D", FieldKind::date, "date of publication",
              "date:2023-01..2023-03"},
    FieldInfo{Field::mentions, "mentions", "XD", FieldKind::date, "dates the text speaks of",
              "mentions:2022-02-24"},
    FieldInfo{Field::path, "path", "Q", FieldKind::path, "the article's path",
              "path:/archive/2023/03/treaty.txt"},
    FieldInfo{Field::near, "near", kExactPlacePrefix, FieldKind::distance,
              "places named that lie so near, in km or mi", "near:\"Geneva,50km\""},
};

// Value slots. Facet slots hold packed ordinals (ordinals.h) but for `date`.
enum class Slot : std::uint32_t {
  date = 0,        // publication: 4 bytes, big-endian days since 0001-01-01, sorts as bytes
  path = 1,        // the path's bytes: absolute, lexically normalised
  file_state = 2,  // size, modification time and content hash of the file (file_state.h)
  speaker = 4,
  organisation = 5,
  place = 6,
  country = 7,
  focus = 8,
  mentions_year = 9,
  mentions_month = 10,
  mentions_day = 11,
  signature =
      12,  // of the text, for near copies (near_duplicate.h); absent for texts without two words
};

// As Xapian numbers it (Xapian::valueno).
constexpr std::uint32_t number(Slot slot) { return static_cast<std::uint32_t>(slot); }

enum class Facet : std::uint8_t {
  speaker,
  organisation,
  place,
  country,
  focus,
  year,
  month,
  day,
  mentions_year,
  mentions_month,
  mentions_day
};

struct FacetInfo {
  Facet facet;
  std::string_view name;  // --facet speaker
  Slot slot;
  bool has_ordinals;  // false: counted from the publication date
  std::string_view help;
};

constexpr std::array kFacets = {
    FacetInfo{Facet::speaker, "speaker", Slot::speaker, true,
              "persons and organisations that are quoted"},
    FacetInfo{Facet::organisation, "organisation", Slot::organisation, true,
              "organisations that are quoted"},
    FacetInfo{Facet::place, "place", Slot::place, true, "places named"},
    FacetInfo{Facet::country, "country", Slot::country, true,
              "countries named, or in which named places lie"},
    FacetInfo{Facet::focus, "focus", Slot::focus, true, "countries the articles are about"},
    FacetInfo{Facet::year, "year", Slot::date, false, "year of publication"},
    FacetInfo{Facet::month, "month", Slot::date, false, "month of publication"},
    FacetInfo{Facet::day, "day", Slot::date, false, "day of publication"},
    FacetInfo{Facet::mentions_year, "mentions-year", Slot::mentions_year, true,
              "years the texts speak of"},
    FacetInfo{Facet::mentions_month, "mentions-month", Slot::mentions_month, true,
              "months the texts speak of"},
    FacetInfo{Facet::mentions_day, "mentions-day", Slot::mentions_day, true,
              "days the texts speak of"},
};

// May an index of this schema version, as the metadata gives it, be read?
bool is_readable_schema(std::string_view version);

constexpr const FieldInfo& info(Field field) { return kFields[static_cast<std::size_t>(field)]; }
constexpr const FacetInfo& info(Facet facet) { return kFacets[static_cast<std::size_t>(facet)]; }
std::optional<Field> parse_field(std::string_view name);
std::optional<Facet> parse_facet(std::string_view name);

// Longest term Xapian takes is 245 bytes; ours stay below, with a hash in place of the tail of a
// longer one.
constexpr std::size_t kLongestTerm = 200;

// prefix + value, a value too long for a term cut and completed by a hash of the whole. Xapian
// counts a NUL twice; values have none.
std::string make_term(std::string_view prefix, std::string_view value);

namespace schema_check {
constexpr bool fields_in_order() {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i].field != static_cast<Field>(i)) return false;
  }
  for (std::size_t i = 0; i < kFacets.size(); ++i) {
    if (kFacets[i].facet != static_cast<Facet>(i)) return false;
  }
  return true;
}
// No prefix may be the start of another field's X prefix plus a lower-case value: X prefixes are
// upper case, values never are.
constexpr bool distinct_names() {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kFields[i].name == kFields[j].name || kFields[i].prefix == kFields[j].prefix)
        return false;
    }
  }
  return true;
}
static_assert(fields_in_order(), "kFields and kFacets are indexed by their enumerators");
static_assert(distinct_names(), "two fields share a name or a prefix");
}  // namespace schema_check

}  // namespace dateline
