#include "query/facet_filter.h"

#include <fmt/format.h>

#include "common/name_key.h"
#include "common/place_entry.h"
#include "common/unicode.h"
#include "query/query_error.h"

namespace dateline {
namespace {

using Terms = std::vector<std::string>;

// All spellings under which a person is indexed.
Terms speaker_terms(std::string_view prefix, const std::string& name, const IndexReader& index) {
  Terms terms{make_term(prefix, name_key(name))};
  for (const auto& [alias, person] : index.aliases()) {
    if (person == name) terms.push_back(make_term(prefix, alias));
  }
  return terms;
}

Terms place_terms(const std::string& label, const IndexReader& index) {
  Terms terms;
  for (const auto& line : index.entries(Facet::place)) {
    const auto place = parse_place_entry(line);
    if (place && place->label == label) terms.push_back(make_term(kExactPlacePrefix, fmt::format("{}", place->id)));
  }
  return terms;
}

Terms publication_terms(const Filter& filter, DateUnit unit) {
  const auto value = parse_partial_date(filter.value);
  if (!value || value->unit != unit) {
    throw QueryError(fmt::format("--filter {}={}: no {}", info(filter.facet).name, filter.value, info(filter.facet).name), std::string::npos,
                     "for example year=2023, month=2023-03, day=2023-03-03");
  }
  return {publication_term(*value)};
}

Terms terms_of(const Filter& filter, const IndexReader& index) {
  switch (filter.facet) {
    case Facet::speaker: return speaker_terms(kExactSpeakerPrefix, filter.value, index);
    case Facet::organisation: return speaker_terms(kExactOrganisationPrefix, filter.value, index);
    case Facet::place: return place_terms(filter.value, index);
    case Facet::country: return {make_term(info(Field::country).prefix, fold(filter.value))};
    case Facet::focus: return {make_term(info(Field::focus).prefix, fold(filter.value))};
    case Facet::year: return publication_terms(filter, DateUnit::year);
    case Facet::month: return publication_terms(filter, DateUnit::month);
    case Facet::day: return publication_terms(filter, DateUnit::day);
    case Facet::mentions_year: case Facet::mentions_month: case Facet::mentions_day: return {make_term(info(Field::mentions).prefix, filter.value)};
  }
  return {};
}

}  // namespace

std::string publication_term(const PartialDate& part) {
  if (part.unit == DateUnit::year) return fmt::format("{}{:04}", kYearPrefix, part.year);
  if (part.unit == DateUnit::month) return fmt::format("{}{:04}{:02}", kMonthPrefix, part.year, part.part);
  return fmt::format("{}{:04}{:02}{:02}", kDayPrefix, part.year, part.part, part.day);
}

ResolvedNode resolve_filter(const Filter& filter, const IndexReader& index) {
  ResolvedNode node{.kind = NodeKind::value, .terms = terms_of(filter, index)};
  for (const auto& term : node.terms) node.documents += index.postings().frequency(term);
  return node;
}

}  // namespace dateline
