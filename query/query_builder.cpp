#include "query/query_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/date_query.h"
#include "common/name_key.h"
#include "common/partial_date.h"
#include "common/place_entry.h"
#include "common/unicode.h"
#include "query/edit_distance.h"
#include "query/near_query.h"
#include "query/query_error.h"
#include "query/query_limits.h"
#include "query/stop_word.h"

namespace dateline {
namespace {

constexpr double kTitleWeight = 0.25;          // of a title word beside the same word anywhere; best of 0 to 1 on Cranfield and CISI
constexpr std::size_t kSuggestions = 3;
constexpr std::size_t kNamesExplained = 20;

using Queries = std::vector<Xapian::Query>;

Xapian::Query any_of(const Queries& queries) { return Xapian::Query(Xapian::Query::OP_OR, queries.begin(), queries.end()); }

Facet dictionary_of(Field field) {
  switch (field) {
    case Field::organisation: return Facet::organisation;
    case Field::place: case Field::near: return Facet::place;
    case Field::country: return Facet::country;
    case Field::focus: return Facet::focus;
    default: return Facet::speaker;
  }
}

std::string_view exact_prefix(Field field) { return field == Field::organisation ? kExactOrganisationPrefix : kExactSpeakerPrefix; }

bool has_run(std::string_view key, std::string_view run) {
  for (auto at = key.find(run); at != std::string_view::npos; at = key.find(run, at + 1)) {
    const bool begins = at == 0 || key[at - 1] == ' ';
    const auto end = at + run.size();
    if (begins && (end == key.size() || key[end] == ' ')) return true;
  }
  return false;
}

// The publication terms of a cover's part: Y2023, M202303, D20230303.
std::string publication_term(const PartialDate& part) {
  if (part.unit == DateUnit::year) return fmt::format("{}{:04}", kYearPrefix, part.year);
  if (part.unit == DateUnit::month) return fmt::format("{}{:04}{:02}", kMonthPrefix, part.year, part.part);
  return fmt::format("{}{:04}{:02}{:02}", kDayPrefix, part.year, part.part, part.day);
}

bool inside(DayRange inner, const DateInterval& outer) {
  return (!outer.first || *outer.first <= inner.first) && (!outer.last || inner.last <= *outer.last);
}

class Builder {
 public:
  Builder(const SearchRequest& request, const IndexReader& index) : request_(request), index_(index), database_(index.database()) {}

  BuiltQuery run(const QueryNode& root) {
    drop_stop_words_ = has_other_words(root);
    built_.query = build(root, true);
    return std::move(built_);
  }

 private:
  Xapian::Query build(const QueryNode& node, bool wanted) {
    switch (node.kind) {
      case NodeKind::everything: return Xapian::Query::MatchAll;
      case NodeKind::word: return word(node, wanted);
      case NodeKind::phrase: return phrase(node, wanted);
      case NodeKind::prefix: return prefix(node, wanted);
      case NodeKind::value: return filter(*node.field == Field::near ? around(node) : value(node));
      case NodeKind::dates: return filter(*node.field == Field::date ? publication(node) : mentions(node));
      case NodeKind::near: case NodeKind::adjacent: return near(node, wanted);
      case NodeKind::all: return all(node, wanted);
      case NodeKind::any: return any_of(children(node, wanted));
      case NodeKind::none: return Xapian::Query(Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, filter(build(node.children.front(), false)));
    }
    return {};
  }

  static Xapian::Query filter(const Xapian::Query& query) { return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, 0.0); }

  Queries children(const QueryNode& node, bool wanted) {
    Queries queries;
    for (const auto& child : node.children) queries.push_back(build(child, wanted));
    return queries;
  }

  static bool is_text(const QueryNode& node) {
    const bool text = node.kind == NodeKind::word || node.kind == NodeKind::phrase || node.kind == NodeKind::prefix;
    return text || node.kind == NodeKind::near || node.kind == NodeKind::adjacent;
  }

  // Words side by side: --match any asks for at least one of them, the other children filter all the same.
  Xapian::Query all(const QueryNode& node, bool wanted) {
    Queries text;
    Queries filters;
    Queries excluded;
    const bool relaxed = node.implicit && request_.match == MatchMode::any;
    for (const auto& child : node.children) {
      if (child.kind == NodeKind::none) excluded.push_back(filter(build(child.children.front(), false)));
      else if (relaxed && is_text(child)) add_optional(text, child, wanted);
      else filters.push_back(build(child, wanted));
    }
    if (!text.empty()) filters.push_back(any_of(text));
    Xapian::Query query = filters.empty() ? Xapian::Query::MatchAll : Xapian::Query(Xapian::Query::OP_AND, filters.begin(), filters.end());
    if (!excluded.empty()) query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, any_of(excluded));
    return query;
  }

  void add_optional(Queries& text, const QueryNode& child, bool wanted) {
    const bool stop = child.kind == NodeKind::word && !child.exact && is_stop_word(child.text);
    if (!stop || !drop_stop_words_) text.push_back(build(child, wanted));
  }

  static bool has_other_words(const QueryNode& node) {
    if (node.kind == NodeKind::word) return !is_stop_word(node.text);
    return std::ranges::any_of(node.children, has_other_words);
  }

  void count_terms(std::size_t more, const QueryNode& node) {
    terms_ += more;
    if (terms_ > kMostTerms) {
      throw QueryError(fmt::format("the query expands to more than {} terms", kMostTerms), node.position, "ask for less at once");
    }
  }

  static std::string text_prefix(const QueryNode& node) { return node.field ? std::string(info(*node.field).prefix) : ""; }

  Xapian::Query word(const QueryNode& node, bool wanted) {
    count_terms(1, node);
    const std::string prefix = text_prefix(node);
    if (wanted) built_.ranked = true;
    if (node.exact) {
      if (wanted) built_.forms.insert(node.text);
      return known(prefix + node.text, node);
    }
    const std::string stem = stemmer_(node.text);
    if (wanted) built_.stems.insert(stem);
    const std::string term = std::string(kStemPrefix) + prefix + stem;
    const Xapian::Query anywhere = known(term, node);
    if (node.field) return anywhere;
    const Xapian::Query title(std::string(kStemPrefix) + std::string(info(Field::title).prefix) + stem);
    return Xapian::Query(Xapian::Query::OP_AND_MAYBE, anywhere, Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, title, kTitleWeight));
  }

  // A word nobody wrote gets a suggestion.
  Xapian::Query known(const std::string& term, const QueryNode& node) {
    if (!database_.term_exists(term)) notice_unknown_word(node);
    return Xapian::Query(term);
  }

  void notice_unknown_word(const QueryNode& node) {
    std::string suggestion = nearest_word(node.text);
    built_.notices.push_back(suggestion.empty() ? fmt::format("no article has the word \"{}\"{}", node.text, node.field ? " in its title" : "")
                                                : fmt::format("no article has the word \"{}\"; did you mean {}?", node.text, suggestion));
  }

  // The commonest indexed word at the least distance. Words of the same first letter only: typing errors rarely touch it.
  std::string nearest_word(const std::string& word) const {
    if (word.size() < 4) return "";
    std::size_t best = word.size() < 8 ? 1 : 2;
    Xapian::doccount commonest = 0;
    std::string nearest;
    const std::string first = word.substr(0, 1);
    for (auto term = database_.allterms_begin(first); term != database_.allterms_end(first); ++term) {
      const std::string candidate = *term;
      const auto distance = candidate.size() + best < word.size() ? best + 1 : edit_distance(word, candidate, best);
      if (distance > best || (distance == best && term.get_termfreq() <= commonest)) continue;
      best = distance;
      commonest = term.get_termfreq();
      nearest = candidate;
    }
    return nearest;
  }

  std::vector<std::string> phrase_terms(const QueryNode& node, bool wanted) {
    std::vector<std::string> terms;
    for (std::string_view rest = node.text; !rest.empty();) {
      const auto end = rest.find(' ');
      terms.push_back(text_prefix(node) + std::string(rest.substr(0, end)));
      if (wanted) built_.forms.insert(std::string(rest.substr(0, end)));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return terms;
  }

  Xapian::Query phrase(const QueryNode& node, bool wanted) {
    if (wanted) built_.ranked = true;
    const auto terms = phrase_terms(node, wanted);
    count_terms(terms.size(), node);
    return Xapian::Query(Xapian::Query::OP_PHRASE, terms.begin(), terms.end(), static_cast<Xapian::termcount>(terms.size()));
  }

  // Stems have no positions: nearness is that of the words as written.
  Xapian::Query near(const QueryNode& node, bool wanted) {
    if (wanted) built_.ranked = true;
    std::vector<std::string> terms;
    for (const auto& child : node.children) {
      for (auto& term : phrase_terms(child, wanted)) terms.push_back(std::move(term));
    }
    count_terms(terms.size(), node);
    const auto op = node.kind == NodeKind::near ? Xapian::Query::OP_NEAR : Xapian::Query::OP_PHRASE;
    const auto window = terms.size() - 1 + static_cast<std::size_t>(node.distance);
    return Xapian::Query(op, terms.begin(), terms.end(), static_cast<Xapian::termcount>(window));
  }

  std::vector<std::string> expand(const std::string& prefix, const QueryNode& node) {
    std::vector<std::string> terms;
    for (auto term = database_.allterms_begin(prefix); term != database_.allterms_end(prefix); ++term) {
      terms.push_back(*term);
      if (terms.size() > kMostTerms) {
        throw QueryError(fmt::format("\"{}*\" begins more than {} words", node.text, kMostTerms), node.position, "write more letters before the *");
      }
    }
    count_terms(terms.size(), node);
    return terms;
  }

  Xapian::Query prefix(const QueryNode& node, bool wanted) {
    if (wanted) {
      built_.ranked = true;
      built_.prefixes.push_back(node.text);
    }
    const auto terms = expand(text_prefix(node) + node.text, node);
    if (terms.empty()) notice_unknown_word(node);
    return Xapian::Query(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end());
  }

  Xapian::Query value(const QueryNode& node) {
    const Field field = *node.field;
    const std::string field_prefix{info(field).prefix};
    const std::string key = field == Field::path ? node.text : name_key(node.text);
    if (node.wildcard) {
      const auto terms = expand(field_prefix + key, node);
      if (terms.empty()) notice_unknown_value(node, key);
      return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
    }
    std::vector<std::string> terms = value_terms(field, field_prefix, key);
    if (terms.empty()) notice_unknown_value(node, key);
    count_terms(terms.size(), node);
    return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
  }

  std::vector<std::string> value_terms(Field field, const std::string& field_prefix, const std::string& key) {
    std::vector<std::string> terms;
    const std::string term = make_term(field_prefix, key);
    if (database_.term_exists(term)) terms.push_back(term);
    if (field == Field::speaker || field == Field::organisation) add_aliases(terms, field, key);
    if (terms.empty() && (field == Field::country || field == Field::focus)) add_country_by_name(terms, field_prefix, key);
    return terms;
  }

  // Other names of the persons that `key` names a part of.
  void add_aliases(std::vector<std::string>& terms, Field field, const std::string& key) {
    std::set<std::string> persons;
    for (const auto& [alias, name] : index_.aliases()) {
      if (has_run(alias, key) || has_run(name_key(name), key)) persons.insert(name);
    }
    for (const auto& [alias, name] : index_.aliases()) {
      if (!persons.contains(name) || has_run(alias, key)) continue;
      const std::string term = make_term(exact_prefix(field), alias);
      if (database_.term_exists(term)) terms.push_back(term);
    }
    if (request_.explain) explain_names(field, key);
  }

  void explain_names(Field field, const std::string& key) {
    std::vector<std::string> names;
    for (const auto& name : index_.entries(dictionary_of(field))) {
      if (has_run(name_key(name), key)) names.push_back(name);
    }
    std::ranges::sort(names);
    const auto shown = std::min(names.size(), kNamesExplained);
    built_.explanation += fmt::format("{}:\"{}\" means {}{}\n", info(field).name, key, fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), "; "),
                                      names.size() > shown ? fmt::format(" and {} more", names.size() - shown) : "");
  }

  // The places that articles name, within the distance of the one asked for.
  Xapian::Query around(const QueryNode& node) {
    const NearQuery asked = parse_near_query(node.text);
    const auto places = named_places();
    std::optional<Place> centre;
    if (!asked.point) centre = place_meant(asked.place, places, node);
    if (!asked.point && !centre) return Xapian::Query::MatchNothing;
    const Point middle = asked.point ? *asked.point : Point{centre->lat, centre->lon};
    std::vector<std::string> terms;
    for (const auto& [articles, place] : places) {
      const bool inside = has_point(place.kind) && kilometres_between(middle, {place.lat, place.lon}) <= asked.kilometres;
      if (inside || (centre && centre->id == place.id)) terms.push_back(exact_place(place));
    }
    near_places_ += terms.size();
    if (near_places_ > kMostNearPlaces) {
      throw QueryError(fmt::format("near: more than {} places lie within {:.0f} km", kMostNearPlaces, asked.kilometres), node.position, "ask for a shorter distance");
    }
    built_.explanation += fmt::format("near:\"{}\" is {} places within {:.1f} km of {}\n", node.text, terms.size(), asked.kilometres,
                                      centre ? centre->label : fmt::format("{}, {}", middle.lat, middle.lon));
    return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
  }

  using NamedPlace = std::pair<Xapian::doccount, Place>;  // how many articles name it

  static std::string exact_place(const Place& place) { return make_term(kExactPlacePrefix, fmt::format("{}", place.id)); }

  // The point of a country, a sea or a river is but somewhere in its middle.
  static bool has_point(PlaceKind kind) {
    switch (kind) {
      case PlaceKind::continent: case PlaceKind::country: case PlaceKind::territory: case PlaceKind::region: return false;
      case PlaceKind::sea: case PlaceKind::river: case PlaceKind::area: return false;
      default: return true;
    }
  }

  // Of the dictionary, which keeps places that no article names any more, those that one does; the most named first.
  std::vector<NamedPlace> named_places() const {
    std::vector<NamedPlace> places;
    for (const auto& line : index_.entries(Facet::place)) {
      auto place = parse_place_entry(line);
      if (!place) continue;
      const auto articles = database_.get_termfreq(exact_place(*place));
      if (articles > 0) places.emplace_back(articles, std::move(*place));
    }
    std::ranges::sort(places, [](const NamedPlace& a, const NamedPlace& b) { return a.first != b.first ? a.first > b.first : a.second.label < b.second.label; });
    return places;
  }

  // The most named place of that name or label; its namesakes are said.
  std::optional<Place> place_meant(const std::string& name, const std::vector<NamedPlace>& places, const QueryNode& node) {
    const std::string key = name_key(name);
    std::vector<const NamedPlace*> found;
    for (const auto& place : places) {
      if (name_key(place.second.label) == key) return place.second;
      if (name_key(place.second.name) == key) found.push_back(&place);
    }
    if (found.empty()) {
      const auto suggestions = nearest_values(Field::near, key);
      built_.notices.push_back(fmt::format("near: no article names a place \"{}\"{}", name,
                                           suggestions.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(suggestions, " or "))));
      return std::nullopt;
    }
    if (found.size() > 1) notice_namesakes(node, found);
    return found.front()->second;
  }

  void notice_namesakes(const QueryNode& node, const std::vector<const NamedPlace*>& found) {
    std::vector<std::string> others;
    for (const auto* place : found) others.push_back(place->second.label);
    const auto shown = std::min(others.size(), kNamesExplained);
    built_.notices.push_back(fmt::format("near:\"{}\" means {}, the most named; not {}{}", node.text, others.front(),
                                         fmt::join(others.begin() + 1, others.begin() + static_cast<std::ptrdiff_t>(shown), " or "),
                                         others.size() > shown ? fmt::format(" or {} more", others.size() - shown) : ""));
  }

  // country:Switzerland: the code of the country that the places of the index call so.
  void add_country_by_name(std::vector<std::string>& terms, const std::string& field_prefix, const std::string& key) {
    for (const auto& line : index_.entries(Facet::place)) {
      const auto place = parse_place_entry(line);
      if (!place || place->kind != PlaceKind::country || name_key(place->name) != key) continue;
      const std::string term = make_term(field_prefix, fold(place->country));
      if (database_.term_exists(term)) terms.push_back(term);
      built_.explanation += fmt::format("{} is {}\n", key, place->country);
      return;
    }
  }

  void notice_unknown_value(const QueryNode& node, const std::string& key) {
    const Field field = *node.field;
    const auto suggestions = field == Field::path ? std::vector<std::string>{} : nearest_values(field, key);
    std::string text = fmt::format("no article has {}:\"{}\"{}", info(field).name, node.text, node.wildcard ? "*" : "");
    if (!suggestions.empty()) text += fmt::format("; did you mean {}?", fmt::join(suggestions, " or "));
    built_.notices.push_back(std::move(text));
  }

  // Names that have the asked words, or are spelt nearly so, nearest first.
  std::vector<std::string> nearest_values(Field field, const std::string& key) const {
    const Facet facet = dictionary_of(field);
    const std::size_t most = std::max<std::size_t>(1, key.size() / 4);
    std::vector<std::pair<std::size_t, std::string>> found;
    for (std::size_t ordinal = 0; ordinal < index_.entries(facet).size(); ++ordinal) {
      const std::string name = index_.value_name(facet, static_cast<Ordinal>(ordinal));
      std::size_t distance = most + 1;
      for (const auto& run : name_runs(name_key(name))) distance = std::min(distance, edit_distance(key, run, most));
      if (distance <= most) found.emplace_back(distance, name);
    }
    std::ranges::sort(found);
    std::vector<std::string> names;
    for (const auto& [distance, name] : found) {
      if (names.size() < kSuggestions && std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    return names;
  }

  DateInterval interval(const QueryNode& node) {
    try {
      const auto parsed = parse_date_query(node.text, request_.today);
      built_.explanation += fmt::format("{}:{} is {}..{}\n", info(*node.field).name, node.text, parsed.first ? to_string(*parsed.first) : "",
                                        parsed.last ? to_string(*parsed.last) : "");
      return parsed;
    } catch (const QueryError&) {
      throw;
    } catch (const Error& error) {
      throw QueryError(error.what(), node.position, error.hint());
    }
  }

  Xapian::Query publication(const QueryNode& node) {
    const DateInterval asked = interval(node);
    const auto published = index_.published();
    if (!published) return Xapian::Query::MatchNothing;
    const DayRange days{std::max(asked.first.value_or(published->first), published->first), std::min(asked.last.value_or(published->last), published->last)};
    if (days.first > days.last) return Xapian::Query::MatchNothing;
    std::vector<std::string> terms;
    for (const auto& part : cover(days)) terms.push_back(publication_term(part));
    count_terms(terms.size(), node);
    return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
  }

  // Every value mentioned anywhere that lies inside, but for those whose month or year does so too and stands for them.
  Xapian::Query mentions(const QueryNode& node) {
    const DateInterval asked = interval(node);
    const std::string field_prefix{info(Field::mentions).prefix};
    std::vector<std::string> terms;
    for (auto term = database_.allterms_begin(field_prefix); term != database_.allterms_end(field_prefix); ++term) {
      const auto value = parse_partial_date((*term).substr(field_prefix.size()));
      if (!value || !inside(days_of(*value), asked) || stands_for_it(*value, asked)) continue;
      terms.push_back(*term);
    }
    count_terms(terms.size(), node);
    return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
  }

  static bool stands_for_it(const PartialDate& value, const DateInterval& asked) {
    const DayRange days = days_of(value);
    for (const auto& holder : {month_value(days.first), year_value(days.first)}) {
      if (holder != value && days_of(holder).last >= days.last && inside(days_of(holder), asked)) return true;
    }
    return false;
  }

  const SearchRequest& request_;
  const IndexReader& index_;
  const Xapian::Database& database_;
  Xapian::Stem stemmer_{"english"};
  BuiltQuery built_;
  std::size_t terms_ = 0;
  std::size_t near_places_ = 0;
  bool drop_stop_words_ = false;
};

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

BuiltQuery build_query(const QueryNode& root, const SearchRequest& request, const IndexReader& index) { return Builder(request, index).run(root); }

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
