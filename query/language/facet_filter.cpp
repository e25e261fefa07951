#include "query/language/facet_filter.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "common/store/place_entry.h"
#include "common/store/record_terms.h"
#include "common/text/name_key.h"
#include "common/text/unicode.h"
#include "query/language/date_terms.h"
#include "query/language/query_error.h"
#include "query/language/value_lookup.h"

namespace dateline {
namespace {

constexpr std::size_t kMostSuggested = 3;

std::string_view name_of(const Filter& filter) { return info(filter.facet).name; }

Notice notice_of(NoticeKind kind, const Filter& filter) {
  return {.kind = kind, .field = std::string(name_of(filter)), .value = filter.value};
}

// The person whom the facet counts under another name; "" when the user says that it is nobody;
// absent when it is counted under its own.
std::optional<std::string> counted_as(const std::string& name, const IndexReader& index) {
  const auto alias = index.aliases().find(name_key(name));
  return alias == index.aliases().end() ? std::nullopt : std::optional(alias->second);
}

// All spellings under which a person is indexed.
FilterMeaning speaker(const Filter& filter, std::string_view prefix, const IndexReader& index) {
  FilterMeaning meaning;
  const auto person = counted_as(filter.value, index);
  if (person && person->empty()) {
    meaning.notice = notice_of(NoticeKind::nameless_filter, filter);
    return meaning;
  }
  const std::string key = name_key(person.value_or(filter.value));
  if (person && key != name_key(filter.value)) {
    meaning.notice = notice_of(NoticeKind::renamed_filter, filter);
    meaning.notice->names = {*person};
  }
  meaning.node.terms.push_back(make_term(prefix, key));
  for (const auto& [alias, name] : index.aliases()) {
    if (alias != key && !name.empty() && name_key(name) == key)
      meaning.node.terms.push_back(make_term(prefix, alias));
  }
  return meaning;
}

// As the facet counts it: a guess is nobody's value unless guesses are counted.
FilterMeaning place(const Filter& filter, const IndexReader& index, bool guessed_places) {
  FilterMeaning meaning;
  for (const auto& line : index.entries(Facet::place)) {
    const auto place = parse_place_entry(line);
    if (!place || place->label != filter.value) continue;
    if (is_local(*place) && !guessed_places)
      meaning.notice = notice_of(NoticeKind::guessed_filter, filter);
    else
      meaning.node.terms.push_back(
          make_term(info(filter.facet).exact_prefix, fmt::format("{}", place->id)));
  }
  return meaning;
}

// By code, or by a name that means one country.
FilterMeaning country(const Filter& filter, Field field, const IndexReader& index) {
  const auto codes = ValueLookup(index).country_codes(name_key(filter.value));
  FilterMeaning meaning;
  meaning.node.terms.push_back(
      make_term(info(field).prefix, fold(codes.size() == 1 ? codes.front() : filter.value)));
  return meaning;
}

PartialDate date_of(const Filter& filter, DateUnit unit) {
  const auto value = parse_partial_date(filter.value);
  if (value && value->unit == unit) return *value;
  Notice why = notice_of(NoticeKind::filter_of_dates, filter);
  why.names = {std::string(to_string(unit))};
  why.suggestions = {unit == DateUnit::year    ? "2023"
                     : unit == DateUnit::month ? "2023-03"
                                               : "2023-03-03"};
  throw QueryError(std::move(why));
}

FilterMeaning one_term(std::string term) {
  FilterMeaning meaning;
  meaning.node.terms.push_back(std::move(term));
  return meaning;
}

FilterMeaning published(const Filter& filter, DateUnit unit) {
  return one_term(publication_term(date_of(filter, unit)));
}
FilterMeaning mentioned(const Filter& filter, DateUnit unit) {
  return one_term(make_term(info(filter.facet).prefix, to_string(date_of(filter, unit))));
}

FilterMeaning meaning_of(const Filter& filter, const IndexReader& index, bool guessed_places) {
  const FieldInfo& facet = info(filter.facet);
  if (facet.kind == FieldKind::name) return speaker(filter, facet.exact_prefix, index);
  if (facet.kind == FieldKind::place) return place(filter, index, guessed_places);
  if (facet.kind == FieldKind::country) return country(filter, filter.facet, index);
  return facet.has_ordinals() ? mentioned(filter, facet.unit) : published(filter, facet.unit);
}

// The places that bear the name or whose labels begin so, else the nearest values.
std::vector<std::string> suggestions(const Filter& filter, const IndexReader& index) {
  const auto field = parse_field(name_of(filter));
  if (!field || info(*field).kind == FieldKind::date) return {};
  ValueLookup values(index);
  const std::string key = name_key(filter.value);
  auto names =
      field == Field::place ? values.names_meant(*field, key, false) : std::vector<std::string>{};
  if (names.empty()) names = values.nearest(*field, key);
  if (names.size() > kMostSuggested) names.resize(kMostSuggested);
  return names;
}

Notice notice_nobody(const Filter& filter, const IndexReader& index) {
  Notice notice = notice_of(NoticeKind::unknown_filter, filter);
  notice.suggestions = suggestions(filter, index);
  return notice;
}

}  // namespace

FilterMeaning resolve_filter(const Filter& filter, const IndexReader& index, bool guessed_places) {
  FilterMeaning meaning = meaning_of(filter, index, guessed_places);
  meaning.node.kind = NodeKind::value;
  for (const auto& term : meaning.node.terms)
    meaning.node.documents += index.postings().frequency(term);
  if (meaning.node.documents == 0 && !meaning.notice) meaning.notice = notice_nobody(filter, index);
  return meaning;
}

}  // namespace dateline
