#include "query/value_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "common/name_key.h"
#include "common/place_entry.h"
#include "common/unicode.h"
#include "common/edit_distance.h"
#include "query/query_limits.h"

namespace dateline {
namespace {

constexpr std::size_t kSuggestions = 3;

Facet dictionary_of(Field field) { return field == Field::organisation ? Facet::organisation : Facet::speaker; }

bool is_name_field(Field field) { return field == Field::speaker || field == Field::organisation; }
bool is_country_field(Field field) { return field == Field::country || field == Field::focus; }

std::string_view exact_prefix(Field field) { return field == Field::organisation ? kExactOrganisationPrefix : kExactSpeakerPrefix; }

// Is `part` a run of whole words of the key? With `begins`, the last of them may go on.
bool has_part(std::string_view key, std::string_view part, bool begins) {
  for (auto at = key.find(part); at != std::string_view::npos; at = key.find(part, at + 1)) {
    const auto end = at + part.size();
    if ((at == 0 || key[at - 1] == ' ') && (begins || end == key.size() || key[end] == ' ')) return true;
  }
  return false;
}

void add_known(std::vector<std::string>& terms, std::string term, const IndexReader& index) {
  if (index.database().term_exists(term)) terms.push_back(std::move(term));
}

std::vector<Candidate> named_candidates(Field field, const IndexReader& index) {
  std::vector<Candidate> candidates;
  for (const auto& name : index.entries(dictionary_of(field))) {
    const std::string key = name_key(name);
    const auto alias = index.aliases().find(key);
    const bool renamed = alias != index.aliases().end();
    if (renamed && alias->second.empty()) continue;  // the user says that it names nobody
    const std::string& shown = renamed ? alias->second : name;
    candidates.push_back({key, shown, name_key(shown), make_term(exact_prefix(field), key)});
  }
  return candidates;
}

std::vector<Candidate> place_candidates(Field field, const IndexReader& index) {
  std::vector<Candidate> candidates;
  for (const auto& line : index.entries(Facet::place)) {
    const auto place = parse_place_entry(line);
    if (!place) continue;
    const std::string key = name_key(place->name);
    if (field == Field::place) candidates.push_back({key, place->label, key, make_term(kExactPlacePrefix, fmt::format("{}", place->id))});
    else if (place->kind == PlaceKind::country) candidates.push_back({key, place->name, key, make_term(info(field).prefix, fold(place->country))});
  }
  return candidates;
}

// Of places and countries the whole name is asked for, of names any whole part.
bool is_meant(const Candidate& candidate, Field field, const std::string& key, bool wildcard) {
  if (is_name_field(field)) return has_part(candidate.key, key, wildcard) || has_part(candidate.shown_key, key, wildcard);
  return wildcard ? candidate.key.starts_with(key) : candidate.key == key;
}

}  // namespace

std::vector<std::string> terms_beginning(const std::string& prefix, std::size_t most, const IndexReader& index) {
  std::vector<std::string> terms;
  const auto end = index.database().allterms_end(prefix);
  for (auto term = index.database().allterms_begin(prefix); term != end && terms.size() <= most; ++term) terms.push_back(*term);
  return terms;
}

const std::vector<Candidate>& ValueLookup::candidates(Field field) {
  const auto [at, is_new] = candidates_.try_emplace(field);
  if (is_new) at->second = is_name_field(field) ? named_candidates(field, index_) : place_candidates(field, index_);
  return at->second;
}

// Other spellings of the persons that `key` names a part of.
void ValueLookup::add_aliases(std::vector<std::string>& terms, Field field, const std::string& key, bool wildcard) {
  if (!aliases_) {
    aliases_.emplace();
    for (const auto& [alias, name] : index_.aliases()) {
      if (!name.empty()) aliases_->push_back({alias, name, name_key(name)});
    }
  }
  std::set<std::string_view> persons;
  for (const auto& alias : *aliases_) {
    if (has_part(alias.key, key, wildcard) || has_part(alias.name_key, key, wildcard)) persons.insert(alias.name);
  }
  for (const auto& alias : *aliases_) {
    if (persons.contains(alias.name) && !has_part(alias.key, key, wildcard)) add_known(terms, make_term(exact_prefix(field), alias.key), index_);
  }
}

// country:Switzerland: the codes of the countries that the places of the index call so.
void ValueLookup::add_countries_by_name(std::vector<std::string>& terms, Field field, const std::string& key, bool wildcard) {
  for (const auto& country : candidates(field)) {
    if (wildcard ? country.key.starts_with(key) : country.key == key) add_known(terms, country.term, index_);
  }
}

ValueMeaning ValueLookup::meaning(Field field, const std::string& key, bool wildcard) {
  ValueMeaning meaning;
  const std::string term = make_term(info(field).prefix, key);
  if (wildcard) meaning.terms = terms_beginning(term, kMostTerms, index_);
  else add_known(meaning.terms, term, index_);
  if (is_name_field(field)) add_aliases(meaning.terms, field, key, wildcard);
  if (is_country_field(field)) add_countries_by_name(meaning.terms, field, key, wildcard);
  std::ranges::sort(meaning.terms);
  meaning.terms.erase(std::ranges::unique(meaning.terms).begin(), meaning.terms.end());
  meaning.cut = meaning.terms.size() > kMostTerms;
  return meaning;
}

std::vector<std::string> ValueLookup::names_meant(Field field, const std::string& key, bool wildcard) {
  std::map<std::string, Xapian::doccount> articles;  // of one spelling each: for the order only
  for (const auto& candidate : candidates(field)) {
    if (is_meant(candidate, field, key, wildcard)) articles[candidate.shown] += index_.database().get_termfreq(candidate.term);
  }
  std::vector<std::pair<std::string, Xapian::doccount>> sorted(articles.begin(), articles.end());
  std::erase_if(sorted, [](const auto& name) { return name.second == 0; });
  std::ranges::stable_sort(sorted, std::ranges::greater{}, &std::pair<std::string, Xapian::doccount>::second);
  std::vector<std::string> names;
  for (auto& [name, count] : sorted) names.push_back(std::move(name));
  return names;
}

std::vector<std::string> ValueLookup::nearest(Field field, const std::string& key) {
  const std::size_t most = std::max<std::size_t>(1, key.size() / 4);
  std::set<std::tuple<std::size_t, std::size_t, std::string>> found;  // distance, bytes beyond the part that is near, name
  for (const auto& candidate : candidates(field)) {
    std::size_t distance = most + 1;
    std::size_t beyond = 0;
    for (const auto& run : name_runs(candidate.key)) {
      const auto of_run = edit_distance(key, run, most);
      if (of_run >= distance) continue;
      distance = of_run;
      beyond = candidate.key.size() - run.size();
    }
    if (distance <= most) found.emplace(distance, beyond, candidate.shown);
  }
  std::vector<std::string> names;
  for (const auto& [distance, beyond, name] : found) {
    if (names.size() < kSuggestions && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

}  // namespace dateline
