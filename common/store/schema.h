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

#include "common/partial_date.h"
#include "common/store/record_values.h"

namespace dateline {

// Raised whenever this program cannot go on writing an index of the program before; both programs
// check it.
constexpr int kSchemaVersion = 5;
// The oldest that dateline-query still searches, so that searches go on while an upgrade rebuilds.
constexpr int kOldestReadSchema = 4;
// Since when records say where title and paragraphs stand, and contents are hashed with XXH3.
constexpr int kSpansSchema = 5;
constexpr int kXxhashSchema = 5;

// How a field is searched, and what its values are.
enum class FieldKind : std::uint8_t {
  words,     // free text: words with positions, stems under Z
  name,      // whole names and every run of whole words in them, folded
  place,     // places: their names, the words used for them, and the names of what they lie in
  country,   // codes of ISO 3166-1, folded; asked for by code or name
  date,      // days, months and years
  path,      // the article's path
  distance,  // a place or a point, and how far from it
};

// A field is asked for in queries (`speaker:lind`), counted (`--facet speaker`), or both.
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
  near,
  year,
  month,
  day,
  mentions_year,
  mentions_month,
  mentions_day
};
using Facet = Field;  // a field that is counted

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
  signature = 12,  // of the text, for near copies (near_duplicate.h); absent for texts without two
                   // words
  none = ~0u       // of fields that are not counted
};

// As Xapian numbers it (Xapian::valueno).
constexpr std::uint32_t number(Slot slot) { return static_cast<std::uint32_t>(slot); }

struct FieldInfo {
  Field field = Field::title;
  std::string_view name;  // speaker:blinken, --facet speaker
  FieldKind kind = FieldKind::words;
  std::string_view prefix;             // of its terms
  std::string_view exact_prefix = {};  // of the terms that mean one whole value, as a facet counts
                                       // it; "": those of `prefix` do
  RecordValues (*values)(const Record&) = nullptr;  // none: the article itself gives them
  bool aliases = false;  // are spellings of one name joined, and counted under the name shown?
  bool quoted = false;   // are its values those who say the quotations?
  std::string_view help = {};     // as a field of queries
  std::string_view example = {};  // a query that runs; "": no field of queries
  Slot slot = Slot::none;         // of its values; none: no facet
  DateUnit unit = DateUnit::day;  // of the values of a facet of dates
  std::string_view facet_help = {};

  constexpr bool is_asked_for() const { return !example.empty(); }
  constexpr bool is_counted() const { return slot != Slot::none; }
  // Are its values numbered? Else they are counted from the day of publication.
  constexpr bool has_ordinals() const { return is_counted() && values != nullptr; }
};

// Terms that are in no field of the query language.
constexpr std::string_view kUniquePrefix = "Q";  // + path, or a hash of a long one: one document
constexpr std::string_view kStemPrefix = "Z";    // + field prefix + stem
constexpr std::string_view kYearPrefix = "Y";    // publication: Y2023, M202303, D20230303
constexpr std::string_view kMonthPrefix = "M";
constexpr std::string_view kDayPrefix = "D";

// All of them, in the order in which they are listed. What a new one needs besides its row: who
// finds its values, as a function of the record (record_values.h).
constexpr std::array kSchema = {
    FieldInfo{.field = Field::title,
              .name = "title",
              .kind = FieldKind::words,
              .prefix = "S",
              .help = "words of the title",
              .example = "title:treaty"},
    FieldInfo{.field = Field::speaker,
              .name = "speaker",
              .kind = FieldKind::name,
              .prefix = "XS",
              .exact_prefix = "XXS",  // + folded full name
              .values = speakers_of,
              .aliases = true,
              .quoted = true,
              .help = "who is quoted: a person or an organisation",
              .example = "speaker:\"Anna Lind\"",
              .slot = Slot::speaker,
              .facet_help = "persons and organisations that are quoted"},
    FieldInfo{.field = Field::organisation,
              .name = "organisation",
              .kind = FieldKind::name,
              .prefix = "XO",
              .exact_prefix = "XXO",
              .values = organisations_of,
              .aliases = true,
              .quoted = true,
              .help = "organisations that are quoted",
              .example = "organisation:ministry",
              .slot = Slot::organisation,
              .facet_help = "organisations that are quoted"},
    FieldInfo{.field = Field::place,
              .name = "place",
              .kind = FieldKind::place,
              .prefix = "XP",
              .exact_prefix = "XXP",  // + gazetteer id: the place itself, not what lies in it
              .values = places_of,
              .help = "places named, and what they lie in",
              .example = "place:Switzerland",
              .slot = Slot::place,
              .facet_help = "places named"},
    FieldInfo{.field = Field::country,
              .name = "country",
              .kind = FieldKind::country,
              .prefix = "XC",
              .values = countries_of,
              .help = "countries named, by ISO code or name",
              .example = "country:CH",
              .slot = Slot::country,
              .facet_help = "countries named, or in which named places lie"},
    FieldInfo{.field = Field::focus,
              .name = "focus",
              .kind = FieldKind::country,
              .prefix = "XF",
              .values = focus_of,
              .help = "countries it is about, by ISO code or name",
              .example = "focus:CH",
              .slot = Slot::focus,
              .facet_help = "countries the articles are about"},
    FieldInfo{.field = Field::date,
              .name = "date",
              .kind = FieldKind::date,
              .prefix = kDayPrefix,
              .help = "date of publication",
              .example = "date:2023-01..2023-03"},
    FieldInfo{.field = Field::mentions,
              .name = "mentions",
              .kind = FieldKind::date,
              .prefix = "XD",
              .values = mentioned_dates,
              .help = "dates the text speaks of",
              .example = "mentions:2022-02-24"},
    FieldInfo{.field = Field::path,
              .name = "path",
              .kind = FieldKind::path,
              .prefix = kUniquePrefix,
              .help = "the article's path",
              .example = "path:/archive/2023/03/treaty.txt"},
    FieldInfo{.field = Field::near,
              .name = "near",
              .kind = FieldKind::distance,
              .prefix = "XXP",
              .help = "places named that lie so near, in km or mi",
              .example = "near:\"Geneva,50km\""},
    FieldInfo{.field = Field::year,
              .name = "year",
              .kind = FieldKind::date,
              .prefix = kYearPrefix,
              .slot = Slot::date,
              .unit = DateUnit::year,
              .facet_help = "year of publication"},
    FieldInfo{.field = Field::month,
              .name = "month",
              .kind = FieldKind::date,
              .prefix = kMonthPrefix,
              .slot = Slot::date,
              .unit = DateUnit::month,
              .facet_help = "month of publication"},
    FieldInfo{.field = Field::day,
              .name = "day",
              .kind = FieldKind::date,
              .prefix = kDayPrefix,
              .slot = Slot::date,
              .unit = DateUnit::day,
              .facet_help = "day of publication"},
    FieldInfo{.field = Field::mentions_year,
              .name = "mentions-year",
              .kind = FieldKind::date,
              .prefix = "XD",
              .values = mentioned_years,
              .slot = Slot::mentions_year,
              .unit = DateUnit::year,
              .facet_help = "years the texts speak of"},
    FieldInfo{.field = Field::mentions_month,
              .name = "mentions-month",
              .kind = FieldKind::date,
              .prefix = "XD",
              .values = mentioned_months,
              .slot = Slot::mentions_month,
              .unit = DateUnit::month,
              .facet_help = "months the texts speak of"},
    FieldInfo{.field = Field::mentions_day,
              .name = "mentions-day",
              .kind = FieldKind::date,
              .prefix = "XD",
              .values = mentioned_days,
              .slot = Slot::mentions_day,
              .unit = DateUnit::day,
              .facet_help = "days the texts speak of"},
};

namespace schema_rows {
template <std::size_t rows>
constexpr auto those(bool (FieldInfo::*is_one)() const) {
  std::array<FieldInfo, rows> chosen{};
  std::size_t next = 0;
  for (const auto& field : kSchema) {
    if ((field.*is_one)()) chosen[next++] = field;
  }
  return chosen;
}
constexpr std::size_t count(bool (FieldInfo::*is_one)() const) {
  std::size_t rows = 0;
  for (const auto& field : kSchema) rows += (field.*is_one)() ? 1 : 0;
  return rows;
}
}  // namespace schema_rows

// Of queries, and those that are counted; an entry of either is the row of kSchema.
constexpr auto kFields =
    schema_rows::those<schema_rows::count(&FieldInfo::is_asked_for)>(&FieldInfo::is_asked_for);
constexpr auto kFacets =
    schema_rows::those<schema_rows::count(&FieldInfo::is_counted)>(&FieldInfo::is_counted);

// May an index of this schema version, as the metadata gives it, be read?
bool is_readable_schema(std::string_view version);

constexpr const FieldInfo& info(Field field) { return kSchema[static_cast<std::size_t>(field)]; }

// By name, of those asked for and of those counted.
std::optional<Field> parse_field(std::string_view name);
std::optional<Facet> parse_facet(std::string_view name);

// Positions between two paragraphs: no phrase and no NEAR of the query language reaches across.
constexpr std::uint32_t kParagraphGap = 100;

// Longest term Xapian takes is 245 bytes; ours stay below, with a hash in place of the tail of a
// longer one.
constexpr std::size_t kLongestTerm = 200;

// prefix + value, a value too long for a term cut and completed by a hash of the whole. Xapian
// counts a NUL twice; values have none.
std::string make_term(std::string_view prefix, std::string_view value);

namespace schema_check {
constexpr bool in_order() {
  for (std::size_t i = 0; i < kSchema.size(); ++i) {
    if (kSchema[i].field != static_cast<Field>(i)) return false;
  }
  return true;
}
constexpr bool distinct_names() {
  for (std::size_t i = 0; i < kSchema.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kSchema[i].name == kSchema[j].name) return false;
    }
  }
  return true;
}
// Prefixes are upper case and values never are: no term of one field is taken for another's.
constexpr bool distinct_prefixes() {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kFields[i].prefix == kFields[j].prefix) return false;
    }
  }
  return true;
}
constexpr bool own_slots() {
  for (std::size_t i = 0; i < kFacets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kFacets[i].has_ordinals() && kFacets[i].slot == kFacets[j].slot) return false;
    }
  }
  return true;
}
static_assert(in_order(), "kSchema is indexed by its enumerators");
static_assert(distinct_names(), "two fields share a name");
static_assert(distinct_prefixes(), "two fields share a prefix");
static_assert(own_slots(), "two facets share a slot");
}  // namespace schema_check

}  // namespace dateline
