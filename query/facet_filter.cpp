#include "query/facet_filter.h"

#include <fmt/format.h>

#include "common/name_key.h"
#include "common/place_entry.h"
#include "common/unicode.h"
#include "query/query_error.h"

namespace dateline {
namespace {

Xapian::Query value_query(std::string_view prefix, const std::string& value) { return Xapian::Query(make_term(prefix, value)); }

// All spellings under which a person is indexed.
Xapian::Query speaker_filter(std::string_view prefix, const std::string& name, const IndexReader& index) {
  std::vector<std::string> terms{make_term(prefix, name_key(name))};
  for (const auto& [alias, person] : index.aliases()) {
    if (person == name) terms.push_back(make_term(prefix, alias));
  }
  return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
}

Xapian::Query place_filter(const std::string& label, const IndexReader& index) {
  std::vector<std::string> terms;
  for (const auto& line : index.entries(Facet::place)) {
    const auto place = parse_place_entry(line);
    if (place && place->label == label) terms.push_back(make_term(kExactPlacePrefix, fmt::format("{}", place->id)));
  }
  return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
}

Xapian::Query publication_filter(const Filter& filter, DateUnit unit) {
  const auto value = parse_partial_date(filter.value);
  if (!value || value->unit != unit) {
    throw QueryError(fmt::format("--filter {}={}: no {}", info(filter.facet).name, filter.value, info(filter.facet).name), std::string::npos,
                     "for example year=2023, month=2023-03, day=2023-03-03");
  }
  return Xapian::Query(publication_term(*value));
}

}  // namespace

std::string publication_term(const PartialDate& part) {
  if (part.unit == DateUnit::year) return fmt::format("{}{:04}", kYearPrefix, part.year);
  if (part.unit == DateUnit::month) return fmt::format("{}{:04}{:02}", kMonthPrefix, part.year, part.part);
  return fmt::format("{}{:04}{:02}{:02}", kDayPrefix, part.year, part.part, part.day);
}

Xapian::Query build_filter(const Filter& filter, const IndexReader& index) {
  switch (filter.facet) {
    case Facet::speaker: return speaker_filter(kExactSpeakerPrefix, filter.value, index);
    case Facet::organisation: return speaker_filter(kExactOrganisationPrefix, filter.value, index);
    case Facet::place: return place_filter(filter.value, index);
    case Facet::country: return value_query(info(Field::country).prefix, fold(filter.value));
    case Facet::focus: return value_query(info(Field::focus).prefix, fold(filter.value));
    case Facet::year: return publication_filter(filter, DateUnit::year);
    case Facet::month: return publication_filter(filter, DateUnit::month);
    case Facet::day: return publication_filter(filter, DateUnit::day);
    case Facet::mentions_year: case Facet::mentions_month: case Facet::mentions_day: return value_query(info(Field::mentions).prefix, filter.value);
  }
  return Xapian::Query::MatchNothing;
}

}  // namespace dateline
