#include "query/language/value_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "common/store/place_entry.h"
#include "common/text/edit_distance.h"
#include "common/text/name_key.h"
#include "common/text/unicode.h"
#include "query/language/query_limits.h"

namespace dateline {
namespace {

constexpr std::size_t kSuggestions = 3;
constexpr std::size_t kShortestBeginning =
    4;  // bytes that a country's name and what was written have in common

bool has_names(Field field) { return info(field).kind == FieldKind::name; }
bool has_countries(Field field) { return info(field).kind == FieldKind::country; }

// The document's term for one whole value.
std::string exact_term(Field field, std::string_view key) {
  return make_term(info(field).exact_prefix, key);
}

void add_known(std::vector<std::string>& terms, std::string term, const IndexReader& index) {
  if (index.postings().exists(term)) terms.push_back(std::move(term));
}

// Absent when the user says that it names nobody.
std::optional<Candidate> named_candidate(Field field, const std::string& name,
                                         const IndexReader& index) {
  const std::string key = name_key(name);
  const auto alias = index.aliases().find(key);
  const bool renamed = alias != index.aliases().end();
  if (renamed && alias->second.empty()) return std::nullopt;
  const std::string& shown = renamed ? alias->second : name;
  return Candidate{key, shown, name_key(shown), exact_term(field, key)};
}

std::vector<Candidate> named_candidates(Field field, const IndexReader& index) {
  std::vector<Candidate> candidates;
  for (const auto& name : index.entries(field)) {
    if (auto candidate = named_candidate(field, name, index))
      candidates.push_back(std::move(*candidate));
  }
  return candidates;
}

std::optional<Candidate> place_candidate(const std::string& line) {
  const auto place = parse_place_entry(line);
  if (!place) return std::nullopt;
  return Candidate{name_key(place->name), place->label, name_key(place->label),
                   exact_term(Field::place, fmt::format("{}", place->id))};
}

std::vector<Candidate> place_candidates(const IndexReader& index) {
  std::vector<Candidate> candidates;
  for (const auto& line : index.entries(Facet::place)) {
    if (auto candidate = place_candidate(line)) candidates.push_back(std::move(*candidate));
  }
  return candidates;
}

// Folding a whole dictionary takes 15 ms of 8,000 places. The key of what begins with a plain
// letter begins with that letter.
bool may_begin(std::string_view text, char first_of_key) {
  const char c = text.empty() ? '\0' : text.front();
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return !letter || (c | 0x20) == first_of_key;
}

std::vector<Candidate> country_candidates(Field field, const IndexReader& index) {
  std::vector<Candidate> candidates;
  for (const auto& country : index.country_names()) {
    const std::string& usual = country.names.front();
    for (const auto& name : country.names)
      candidates.push_back({name_key(name), usual, name_key(usual),
                            make_term(info(field).prefix, fold(country.code))});
  }
  return candidates;
}

// Of places and countries the whole name is asked for, or the beginning of a label, of names any
// whole part.
bool is_meant(const Candidate& candidate, Field field, const std::string& key, bool wildcard) {
  if (has_names(field))
    return has_part(candidate.key, key, wildcard) || has_part(candidate.shown_key, key, wildcard);
  if (wildcard) return candidate.key.starts_with(key);
  return candidate.key == key ||
         (candidate.shown_key.starts_with(key) && key.size() > candidate.key.size() &&
          begins_label(candidate.shown, key));
}

std::string_view first_word(std::string_view key) { return key.substr(0, key.find(' ')); }
std::string_view last_word(std::string_view key) { return key.substr(key.rfind(' ') + 1); }

// "hillary rodham clinton" beside "hillary clinton".
bool is_fuller(std::string_view key, std::string_view asked) {
  return key.size() > asked.size() && first_word(key) == first_word(asked) &&
         last_word(key) == last_word(asked);
}

}  // namespace

std::vector<std::string> terms_beginning(const std::string& prefix, std::size_t most,
                                         const IndexReader& index) {
  return index.postings().terms_beginning(prefix, most + 1);
}

bool begins_label(std::string_view label, std::string_view key) {
  for (auto comma = label.find(','); comma != std::string_view::npos;
       comma = label.find(',', comma + 1)) {
    if (name_key(label.substr(0, comma)) == key) return true;
  }
  return name_key(label) == key;
}

std::string as_written(Field field, std::string_view value) {
  std::string text{value};
  std::erase(text, '"');
  const bool plain = std::ranges::none_of(
      text, [](char c) { return c == ' ' || c == ',' || c == '(' || c == ')' || c == '\''; });
  return plain ? fmt::format("{}:{}", info(field).name, text)
               : fmt::format("{}:\"{}\"", info(field).name, text);
}

const std::vector<Candidate>& ValueLookup::candidates(Field field) {
  const auto [at, is_new] = candidates_.try_emplace(field);
  if (is_new)
    at->second = has_names(field)       ? named_candidates(field, index_)
                 : has_countries(field) ? country_candidates(field, index_)
                                        : place_candidates(index_);
  return at->second;
}

const std::vector<ValueLookup::CalledCountry>& ValueLookup::countries() {
  if (countries_) return *countries_;
  countries_.emplace();
  for (const auto& country : index_.country_names()) {
    const std::string usual = name_key(country.names.front());
    for (const auto& code : {country.code, country.code3}) {
      if (!code.empty()) countries_->push_back({fold(code), country.code, usual, true});
    }
    for (const auto& name : country.names)
      countries_->push_back({name_key(name), country.code, usual, false});
  }
  return *countries_;
}

std::vector<std::string> ValueLookup::country_codes(const std::string& key) {
  std::set<std::string> codes;
  for (const auto& country : countries()) {
    if (country.key == key) codes.insert(country.code);
  }
  return {codes.begin(), codes.end()};
}

// Other spellings of the persons that `key` names a part of.
void ValueLookup::add_aliases(Terms& terms, Field field, const std::string& key, bool wildcard) {
  if (!aliases_) {
    aliases_.emplace();
    for (const auto& [alias, name] : index_.aliases()) {
      if (!name.empty()) aliases_->push_back({alias, name, name_key(name)});
    }
  }
  std::set<std::string_view> persons;
  for (const auto& alias : *aliases_) {
    if (has_part(alias.key, key, wildcard) || has_part(alias.name_key, key, wildcard))
      persons.insert(alias.name);
  }
  for (const auto& alias : *aliases_) {
    if (persons.contains(alias.name) && !has_part(alias.key, key, wildcard))
      add_known(terms, exact_term(field, alias.key), index_);
  }
  for (const auto person :
       persons) {  // who is listed under other names only when a user's file says so
    const std::string own = name_key(person);
    if (!has_part(own, key, wildcard)) add_known(terms, exact_term(field, own), index_);
  }
}

// Does the user's alias file say of a name with this part that it names nobody?
bool ValueLookup::part_of_nobody(const std::string& key, bool wildcard) const {
  return std::ranges::any_of(index_.aliases(), [&](const auto& alias) {
    return alias.second.empty() && has_part(alias.first, key, wildcard);
  });
}

ValueLookup::Terms ValueLookup::indexed_terms(Field field, const std::string& key,
                                              bool wildcard) const {
  const std::string term = make_term(info(field).prefix, key);
  if (wildcard) return terms_beginning(term, kMostTerms, index_);
  Terms terms;
  add_known(terms, term, index_);
  return terms;
}

ValueLookup::Terms ValueLookup::exact_terms(Field field, const std::string& key, bool wildcard) {
  Terms terms;
  for (const auto& candidate : candidates(field)) {
    if (is_meant(candidate, field, key, wildcard)) add_known(terms, candidate.term, index_);
  }
  return terms;
}

// A part's own term would find those who are nobody as well: then the names are taken one by one,
// unless they are too many for a query.
ValueLookup::Terms ValueLookup::name_terms(Field field, const std::string& key, bool wildcard) {
  const bool one_by_one = part_of_nobody(key, wildcard);
  Terms terms =
      one_by_one ? exact_terms(field, key, wildcard) : indexed_terms(field, key, wildcard);
  if (one_by_one && terms.size() > kMostTerms) terms = indexed_terms(field, key, wildcard);
  add_aliases(terms, field, key, wildcard);
  return terms;
}

ValueLookup::Terms ValueLookup::place_terms(const std::string& key, bool wildcard) {
  Terms terms = indexed_terms(Field::place, key, wildcard);
  if (wildcard) return terms;
  for (const auto& country : countries()) {
    if (!country.is_code && country.key == key)
      add_known(terms, make_term(info(Field::place).prefix, country.usual_key), index_);
  }
  if (key.find(' ') == std::string::npos) return terms;
  for (const auto& place : places_called(key)) {
    if (place.key != key) add_known(terms, place.term, index_);
  }
  return terms;
}

// The places of that name, or with a label that begins so; a label begins with the name.
std::vector<Candidate> ValueLookup::places_called(const std::string& key) const {
  std::vector<Candidate> called;
  for (const auto& line : index_.entries(Facet::place)) {
    if (!may_begin(std::string_view(line).substr(line.find('\t') + 1), key.front())) continue;
    auto place = place_candidate(line);
    if (place && is_meant(*place, Field::place, key, false)) called.push_back(std::move(*place));
  }
  return called;
}

ValueLookup::Terms ValueLookup::country_terms(Field field, const std::string& key, bool wildcard) {
  Terms terms;
  for (const auto& country : countries()) {
    if (wildcard ? country.key.starts_with(key) : country.key == key)
      add_known(terms, make_term(info(field).prefix, fold(country.code)), index_);
  }
  return terms;
}

ValueMeaning ValueLookup::meaning(Field field, const std::string& key, bool wildcard) {
  ValueMeaning meaning;
  meaning.terms = has_names(field)       ? name_terms(field, key, wildcard)
                  : has_countries(field) ? country_terms(field, key, wildcard)
                                         : place_terms(key, wildcard);
  std::ranges::sort(meaning.terms);
  meaning.terms.erase(std::ranges::unique(meaning.terms).begin(), meaning.terms.end());
  meaning.cut = meaning.terms.size() > kMostTerms;
  return meaning;
}

// Those that some article has, the commonest first.
std::vector<std::string> ValueLookup::by_documents(
    const std::map<std::string, Xapian::doccount>& names) const {
  std::vector<std::pair<std::string, Xapian::doccount>> sorted(names.begin(), names.end());
  std::erase_if(sorted, [](const auto& name) { return name.second == 0; });
  std::ranges::stable_sort(sorted, std::ranges::greater{},
                           &std::pair<std::string, Xapian::doccount>::second);
  std::vector<std::string> ordered;
  for (auto& [name, count] : sorted) ordered.push_back(std::move(name));
  return ordered;
}

std::vector<std::string> ValueLookup::names_meant(Field field, const std::string& key,
                                                  bool wildcard) {
  std::map<std::string, Xapian::doccount> articles;  // of one spelling each: for the order only
  for (const auto& candidate :
       field == Field::place && !wildcard ? places_called(key) : candidates(field)) {
    if (is_meant(candidate, field, key, wildcard))
      articles[candidate.shown] += index_.postings().frequency(candidate.term);
  }
  return by_documents(articles);
}

// Under its own name or another spelling.
bool ValueLookup::means_person(const Candidate& person, const std::string& key) const {
  if (has_part(person.key, key, false) || has_part(person.shown_key, key, false)) return true;
  return std::ranges::any_of(index_.aliases(), [&](const auto& alias) {
    return alias.second == person.shown && has_part(alias.first, key, false);
  });
}

std::vector<std::string> ValueLookup::fuller_names(Field field, const std::string& key) {
  std::map<std::string, Xapian::doccount> articles;
  if (key.find(' ') == std::string::npos) return {};
  for (const auto& name : index_.entries(field)) {
    if (!may_begin(name, key.front()) || !is_fuller(name_key(name), key)) continue;
    const auto person = named_candidate(field, name, index_);
    if (person && !means_person(*person, key))
      articles[person->shown] += index_.postings().frequency(person->term);
  }
  auto names = by_documents(articles);
  if (names.size() > kSuggestions) names.resize(kSuggestions);
  return names;
}

// norwegia and norway begin alike, and are further apart than any slip of the keyboard. At least
// half of what was written is told by the name.
std::vector<std::string> ValueLookup::beginning_alike(Field field, const std::string& key) {
  std::size_t longest = std::max(kShortestBeginning, (key.size() + 1) / 2);
  std::map<std::string, Xapian::doccount> articles;
  for (const auto& candidate : candidates(field)) {
    const auto alike =
        static_cast<std::size_t>(std::ranges::mismatch(candidate.key, key).in2 - key.begin());
    if (alike < longest || !index_.postings().exists(candidate.term)) continue;
    if (alike > longest) articles.clear();
    longest = alike;
    articles[candidate.shown] = index_.postings().frequency(candidate.term);
  }
  auto names = by_documents(articles);
  if (names.size() > kSuggestions) names.resize(kSuggestions);
  return names;
}

std::vector<std::string> ValueLookup::nearest(Field field, const std::string& key) {
  const std::size_t most = std::max<std::size_t>(1, key.size() / 4);
  // Distance, bytes beyond the part that is near, articles that lack the name, name; of names that
  // articles have.
  std::set<std::tuple<std::size_t, std::size_t, Xapian::doccount, std::string>> found;
  for (const auto& candidate : candidates(field)) {
    std::size_t distance = most + 1;
    std::size_t beyond = 0;
    for (const auto& run : name_runs(candidate.key)) {
      const auto of_run = edit_distance(key, run, most);
      if (of_run >= distance) continue;
      distance = of_run;
      beyond = candidate.key.size() - run.size();
    }
    if (distance > most) continue;
    const auto articles = index_.postings().frequency(candidate.term);
    if (articles > 0)
      found.emplace(distance, beyond, index_.database().get_doccount() - articles, candidate.shown);
  }
  std::vector<std::string> names;
  for (const auto& [distance, beyond, lacking, name] : found) {
    if (names.size() < kSuggestions && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  }
  return names.empty() && has_countries(field) ? beginning_alike(field, key) : names;
}

}  // namespace dateline
