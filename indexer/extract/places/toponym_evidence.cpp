#include "indexer/extract/places/toponym_evidence.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "indexer/extract/places/toponym_container.h"

namespace dateline {
namespace {

constexpr int kWordAfterIn = -5;
constexpr int kReports = -3;                  // before a word that reports
constexpr int kConcern = -14;                 // in the name of a firm, a paper, a college
constexpr std::uint32_t kLongestConcern = 6;  // words of it behind the place

bool is_division(const GazetteerPlace& p) {
  return p.kind == PlaceKind::country || p.kind == PlaceKind::territory ||
         p.kind == PlaceKind::region;
}

// Weights found by trying on the development corpora; a mention is a place when they sum to more
// than 0.
struct Judge {
  const TokenizedText& text;
  const std::vector<NameMention>& names;
  TokenRange dateline;
  const Gazetteer& gazetteer;
  std::vector<ToponymMention>& mentions;

  const std::vector<Token>& tokens = text.tokens;
  std::unordered_set<std::string_view> surnames = {};     // last words of persons' names
  std::unordered_set<std::string_view> first_names = {};  // first words of persons' full names
  std::vector<bool> shouting = {};  // by sentence: nearly all words upper case or capitalised

  void run();
  void find_surnames();
  void find_shouting();
  void reject_inside_names();
  bool governs(const ToponymMention& m) const;
  bool is_country(const ToponymMention& m) const;
  bool is_renowned(const ToponymMention& m) const;
  bool is_pair(const ToponymMention& a, const ToponymMention& b) const;
  void join_pairs();
  bool is_great(const ToponymMention& m) const;
  bool opens_concern(const ToponymMention& m) const;
  bool closes_concern(const ToponymMention& m) const;
  bool is_pronoun(const ToponymMention& m) const;
  bool is_subject(const ToponymMention& m) const;
  bool is_slug(const ToponymMention& m) const;
  void join_ways();
  void share_with_regions();
  int prior(const ToponymMention& m) const;
  const Token* word_before(const ToponymMention& m) const;
  int before_capital(const ToponymMention& m, const Token& t) const;
  int after_of(const ToponymMention& m) const;
  int after_hyphen(const ToponymMention& m) const;
  int before(const ToponymMention& m) const;
  int after(const ToponymMention& m) const;
  int after_capital(const ToponymMention& m, std::uint32_t next) const;
  int word_penalty(const ToponymMention& m) const;
  ToponymEvidence local_evidence(const ToponymMention& m) const;
  bool is_no_local(const ToponymMention& m) const;
  bool is_person(const ToponymMention& m) const;
  bool is_acronym(const ToponymMention& m) const;
  ToponymEvidence evidence_of(const ToponymMention& m) const;
  void doubt_short_names();
  void share_between_mentions();
  void share_in_lists();

  const Token* token_before(const ToponymMention& m, std::uint32_t steps = 1) const;
  const Token* token_after(const ToponymMention& m, std::uint32_t steps = 0) const;
  PlaceWords::Entry role(const Token* t) const {
    return t == nullptr ? PlaceWords::Entry{} : gazetteer.words().find(*t);
  }
  bool is_given_name(const Token& t) const {
    return t.in(WordClass::given_female) || t.in(WordClass::given_male);
  }
  bool opens_sentence(const ToponymMention& m) const;
  // Letters that are written as no word is: "said U.S. Judge Lou Hale".
  bool is_letters(const Token& t) const {
    return t.all_caps && t.key == "us" && !shouting[t.sentence];
  }
};

// nullptr outside the sentence.
const Token* Judge::token_before(const ToponymMention& m, std::uint32_t steps) const {
  const std::uint32_t i = m.tokens.begin;
  if (i < steps || tokens[i - steps].sentence != tokens[i].sentence) return nullptr;
  return &tokens[i - steps];
}

const Token* Judge::token_after(const ToponymMention& m, std::uint32_t steps) const {
  const std::uint32_t i = m.tokens.end + steps;
  if (i >= tokens.size() || tokens[i].paragraph != tokens[m.tokens.begin].paragraph) return nullptr;
  return &tokens[i];
}

bool Judge::opens_sentence(const ToponymMention& m) const {
  const Token* t = token_before(m);
  return t == nullptr || (t->kind == TokenKind::quote && token_before(m, 2) == nullptr) ||
         (t->kind == TokenKind::quote);
}

void Judge::find_surnames() {
  for (const auto& name : names) {
    if (name.type == NameType::person && (name.tokens.size() > 1 || !name.title.empty()))
      surnames.insert(tokens[name.tokens.end - 1].key);
    if (name.type == NameType::person && name.tokens.size() > 1)
      first_names.insert(tokens[name.tokens.begin].key);
  }
  for (std::uint32_t i = 1; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    if (t.kind != TokenKind::word || !t.capitalised || tokens[i - 1].sentence != t.sentence ||
        !tokens[i - 1].capitalised)
      continue;
    const Token& first = tokens[i - 1];
    const bool initial = first.text.size() == 2 && first.text[1] == '.' && i > 1 &&
                         is_given_name(tokens[i - 2]) && tokens[i - 2].capitalised;
    const bool goes_on =
        i + 1 < tokens.size() && tokens[i + 1].capitalised && tokens[i + 1].kind == TokenKind::word;
    if ((is_given_name(first) || initial) && !goes_on && !gazetteer.find_name(t.text).empty()) {
      const auto pair = Gazetteer::extend(Gazetteer::extend({}, first.key), t.key);
      if (gazetteer.find(pair).senses.empty()) surnames.insert(t.key);
    }
  }
}

// Heads in capitals and Title Case say nothing by their capitals.
void Judge::find_shouting() {
  shouting.assign(text.sentences.size(), false);
  for (std::size_t s = 0; s < text.sentences.size(); ++s) {
    std::uint32_t words = 0;
    std::uint32_t capitals = 0;
    std::uint32_t loud = 0;
    std::uint32_t short_words = 0;
    std::uint32_t loud_short = 0;
    for (std::uint32_t i = text.sentences[s].begin; i < text.sentences[s].end; ++i) {
      if (tokens[i].kind != TokenKind::word) continue;
      if (tokens[i].text.size() < 4) {
        ++short_words;
        loud_short += tokens[i].all_caps ? 1u : 0u;
        continue;
      }
      ++words;
      capitals += tokens[i].capitalised ? 1u : 0u;
      loud += tokens[i].all_caps ? 1u : 0u;
    }
    // A head has no full stop: "The Leeds Herald and the Derry Post met the Cork Examiner."
    const Token& last = tokens[text.sentences[s].end - 1];
    const bool head = !last.is(".") || loud * 10 >= words * 8;
    const bool all_loud = words + short_words >= 4 && loud + loud_short >= words + short_words;
    shouting[s] = all_loud || (head && words >= 3 && capitals * 10 >= words * 8);
  }
}

// What lies in a person's name is no place, unless the name is nothing but a known place of two
// words and more.
void Judge::reject_inside_names() {
  std::size_t n = 0;
  for (auto& m : mentions) {
    while (n < names.size() && names[n].tokens.end <= m.tokens.begin) ++n;
    if (n == names.size()) break;
    const auto& name = names[n];
    const bool inside = name.tokens.begin <= m.tokens.begin && m.tokens.end <= name.tokens.end;
    if (inside && name.type == NameType::person && name.tokens.size() > 1 &&
        name.tokens != m.tokens)
      m.evidence.in_name = true;
  }
}

bool Judge::is_country(const ToponymMention& m) const {
  return m.form == ToponymForm::gazetteer && !m.short_form &&
         std::ranges::any_of(m.senses, [&](const NameSense& s) {
           return s.main_name && gazetteer[s.place].kind == PlaceKind::country;
         });
}

// Boston, China: given names, surnames or words besides, of which news means the place.
bool Judge::is_renowned(const ToponymMention& m) const {
  return is_country(m) || gazetteer.words().find(m.name).has(PlaceRole::renowned);
}

// "the India-Pakistan border".
bool Judge::is_pair(const ToponymMention& a, const ToponymMention& b) const {
  if (b.tokens.begin != a.tokens.end + 1 || !is_country(a) || !is_country(b)) return false;
  const Token& mark = tokens[a.tokens.end];
  return (mark.is("-") || mark.is("/") || mark.is("\u2013")) && mark.glued &&
         tokens[b.tokens.begin].glued;
}

// Two countries joined by a hyphen are a pair of countries, and no double name.
void Judge::join_pairs() {
  for (std::size_t i = 0; i + 1 < mentions.size(); ++i) {
    if (!is_pair(mentions[i], mentions[i + 1])) continue;
    const Token* before = token_before(mentions[i]);
    const bool longer = before != nullptr && before->capitalised &&
                        before->kind == TokenKind::word && mentions[i].evidence.in_name;
    if (longer) continue;  // "Mary Israel-Jordan"
    for (auto* m : {&mentions[i], &mentions[i + 1]}) {
      m->evidence.in_name = false;
      m->evidence = evidence_of(*m);
      m->evidence.word = 0;
      m->evidence.before = std::max(m->evidence.before, 0);
      m->evidence.after = std::max(m->evidence.after, 0);
    }
  }
}

// "Washington said", "Kenya says": capitals, countries and states speak for their governments.
bool Judge::governs(const ToponymMention& m) const {
  return std::ranges::any_of(m.senses, [&](const NameSense& s) {
    const auto& p = gazetteer[s.place];
    return s.main_name && (is_division(p) || (p.capital && p.population > 100000));
  });
}

// How likely the name is a place wherever it stands.
int Judge::prior(const ToponymMention& m) const {
  int best = -3;
  for (const auto& sense : m.senses) {
    const auto& p = gazetteer[sense.place];
    int value = p.population >= 500000   ? 4
                : p.population >= 100000 ? 3
                : p.population >= 20000  ? 2
                : p.population >= 5000   ? 1
                                         : 0;
    if (is_division(p))
      value = p.kind == PlaceKind::region && p.country != "US" && p.country != "CA" &&
                      p.country != "AU" && p.country != "GB"
                  ? 3
                  : 6;
    if (p.capital && p.population > 100000) value = 5;
    if (is_landmark(p)) value = 4;
    if (p.kind == PlaceKind::continent) value = 6;
    if (p.kind == PlaceKind::district) value = 3;
    if (!sense.main_name && p.kind == PlaceKind::city) value = std::min(value, 3);
    best = std::max(best, value);
  }
  if (m.tokens.size() > 1) best += 2;
  return best;
}

// OHIO and IRAN are written so; GAO is rather an office than the region of Mali.
bool is_well_known_division(const GazetteerPlace& place) {
  return is_division(place) && (place.kind != PlaceKind::region || place.population >= 500'000);
}

// "UN", "IBA" among ordinary words: letters that stand for something else than the town of Un.
bool Judge::is_acronym(const ToponymMention& m) const {
  const Token& t = tokens[m.tokens.begin];
  if (!t.all_caps || t.key.size() > 5 || shouting[t.sentence] ||
      dateline.contains(m.tokens.begin) || m.short_form)
    return false;
  return std::ranges::none_of(m.senses, [&](const NameSense& s) {
    return is_well_known_division(gazetteer[s.place]) || !s.main_name;
  });
}

// Names that are words, given names or surnames too.
int Judge::word_penalty(const ToponymMention& m) const {
  if (m.tokens.size() > 1) return gazetteer.words().find(m.name).has(PlaceRole::word) ? -3 : 0;
  const Token& t = tokens[m.tokens.begin];
  const auto known = gazetteer.words().find(m.name);
  const bool loud = opens_sentence(m) || shouting[t.sentence];
  const bool renowned = is_renowned(m);
  int value = 0;
  const bool word = known.has(PlaceRole::word);
  if (!is_letters(t) &&
      (renowned ? word && loud && !is_subject(m) : word || t.in(WordClass::common_word)))
    value -= loud && t.text != "US" ? 6 : 4;
  if (known.has(PlaceRole::capitalised)) value -= 5;
  if (known.has(PlaceRole::month)) value -= 30;
  if (is_acronym(m)) value -= 7;
  if (is_slug(m) || is_pronoun(m)) value -= 30;
  if (known.has(PlaceRole::direction)) value -= 6;
  if (known.has(PlaceRole::surname) && !renowned) value -= 2;
  if (is_given_name(t) && !renowned) value -= 3;
  if (t.in(WordClass::organisation_word) || t.in(WordClass::title)) value -= 5;
  if (surnames.contains(t.key)) value -= 6;
  if (first_names.contains(t.key) && is_given_name(t) && !renowned) value -= 6;
  if (m.short_form) value -= 12;
  return value;
}

// "Turkey said", "Turkey's exports", "Turkey voted", where the article speaks of no other turkey:
// not "Turkey sandwiches".
bool Judge::is_subject(const ToponymMention& m) const {
  const Token* next = token_after(m);
  if (next == nullptr || shouting[next->sentence]) return false;
  const bool verb =
      next->key == "'s" || next->in(WordClass::cue) ||
      (next->in(WordClass::function_word) && !role(next).has(PlaceRole::being)) ||
      (next->kind == TokenKind::word && !next->capitalised && next->key.ends_with("ed"));
  const auto key = tokens[m.tokens.begin].key;
  return verb && std::ranges::none_of(
                     tokens, [&](const Token& t) { return !t.capitalised && t.key == key; });
}

// "BC-Leeds-Floods": the first letters of an agency's slug.
bool Judge::is_slug(const ToponymMention& m) const {
  const Token& t = tokens[m.tokens.begin];
  const Token* mark = token_after(m);
  const Token* next = token_after(m, 1);
  return t.all_caps && t.text.size() == 2 && token_before(m) == nullptr && mark != nullptr &&
         mark->is("-") && mark->glued && next != nullptr && next->glued;
}

// "LET US GO HOME".
bool Judge::is_pronoun(const ToponymMention& m) const {
  const Token& t = tokens[m.tokens.begin];
  const Token* before = token_before(m);
  return t.text == "US" && shouting[t.sentence] && before != nullptr && before->all_caps &&
         role(before).has(PlaceRole::asks);
}

// The word before, past the full stop of "Mr." and "Gov."; nullptr at the start of the sentence.
const Token* Judge::word_before(const ToponymMention& m) const {
  const Token* t = token_before(m);
  if (t == nullptr || !t->is(".") || !t->glued) return t;
  const Token* word = token_before(m, 2);
  return word != nullptr && word->capitalised && word->text.size() <= 5 ? word : t;
}

// Is it a name of one word, of two at most, that persons and small towns share?
bool Judge::is_great(const ToponymMention& m) const {
  return std::ranges::any_of(m.senses, [&](const NameSense& s) {
    const auto& p = gazetteer[s.place];
    return is_division(p) || p.capital || p.population >= 100'000 || is_landmark(p) ||
           p.kind == PlaceKind::continent;
  });
}

// "London" of "London Business School", "Leeds" of "Leeds Bright Toys Co., Ltd.": words further on
// make something else of all the capitalised words.
bool Judge::opens_concern(const ToponymMention& m) const {
  const Token& first = tokens[m.tokens.begin];
  if (shouting[first.sentence]) return false;
  const auto& words = gazetteer.words();
  for (std::uint32_t i = m.tokens.end; i < tokens.size() && i < m.tokens.end + kLongestConcern;
       ++i) {
    const Token& t = tokens[i];
    if (t.sentence != first.sentence || (t.kind != TokenKind::word && !t.is("&"))) return false;
    if (t.is("&") || t.in(NameRole::and_) || t.in(NameRole::of)) {
      if (i == m.tokens.end) return false;
      continue;
    }
    if (!t.capitalised || t.in(WordClass::title)) return false;
    NameHash state;
    for (std::uint32_t k = i; k < i + 3 && k < tokens.size() && tokens[k].kind == TokenKind::word;
         ++k) {
      state = Gazetteer::extend(state, tokens[k].key);
      if (words.find(state.value).has(PlaceRole::concern)) return true;
    }
  }
  return false;
}

// "Imperial College London", "University of the South Pacific", "Islamic State of Iraq".
bool Judge::closes_concern(const ToponymMention& m) const {
  std::uint32_t steps = 1;
  const Token* t = token_before(m, steps);
  if (t != nullptr && t->capitalised && role(t).has(PlaceRole::concern) &&
      role(t).has(PlaceRole::institution))
    return true;
  while (t != nullptr && steps < 3 && t->kind == TokenKind::word &&
         (t->in(NameRole::the) || (t->capitalised && role(t).has(PlaceRole::direction))))
    t = token_before(m, ++steps);
  if (t == nullptr || !t->in(NameRole::of)) return false;
  const Token* head = token_before(m, steps + 1);
  if (head == nullptr || !head->capitalised) return false;
  if (steps > 1 && role(head).has(PlaceRole::institution)) return true;
  const Token* two = token_before(m, steps + 2);
  if (two == nullptr || !two->capitalised) return false;
  const auto pair = Gazetteer::extend(Gazetteer::extend({}, two->key), head->key);
  return gazetteer.words().find(pair.value).has(PlaceRole::institution);
}

// A capitalised word before it makes it part of a longer name.
int Judge::before_capital(const ToponymMention& m, const Token& t) const {
  const auto r = role(&t);
  if (t.in(WordClass::title)) return -7;
  if (is_given_name(t) || (t.text.size() == 2 && t.text[1] == '.')) return -8;
  if (r.has(PlaceRole::locative) || t.in(WordClass::function_word)) return 0;
  const bool opens = m.tokens.begin - 1 == text.sentences[t.sentence].begin;
  return t.in(WordClass::nationality) || opens ? -2 : -5;
}

// "Bank of England", "the city of Mobile", "east of Mobile", "Smith, of Mobile".
int Judge::after_of(const ToponymMention& m) const {
  const Token* t = token_before(m, 2);
  if (t == nullptr) return 2;
  const auto r = role(t);
  if (t->capitalised && (r.has(PlaceRole::institution) ||
                         (t->in(WordClass::organisation_word) && !r.has(PlaceRole::place_noun))))
    return -16;
  if (t->is(".") && t->glued && role(token_before(m, 3)).has(PlaceRole::institution)) return -16;
  return r.has(PlaceRole::place_noun) || r.has(PlaceRole::direction) || r.has(PlaceRole::people) ||
                 t->is(",")
             ? 5
             : 2;
}

// "U.S.-Mexico border", but "Agence France-Presse", "mid-Atlantic".
int Judge::after_hyphen(const ToponymMention& m) const {
  const Token* t = token_before(m, 2);
  if (t == nullptr || !tokens[m.tokens.begin].glued) return 0;
  const Token* t3 = token_before(m, 3);
  if (t->capitalised && t->text.size() == 1 && t3 != nullptr && (t3->is("(") || t3->is(",")))
    return m.short_form ? 18 : 5;  // "(D-Houston)", "(D-Ore.)"
  const bool slug = t->all_caps && t->text.size() == 2 && t3 == nullptr;  // "AM-Norway-Whales"
  const auto known = gazetteer.find(Gazetteer::extend({}, t->key)).senses;
  if (slug) return 0;
  return t->capitalised && !known.empty() ? 1 : -7;
}

int Judge::before(const ToponymMention& m) const {
  const Token* t = word_before(m);
  if (t == nullptr) return 0;
  const auto r = role(t);
  if (r.has(PlaceRole::direction)) return 4;
  if (t->in(NameRole::the) && !is_great(m) && role(token_after(m)).has(PlaceRole::of_person))
    return -8;  // "The Morrison government"
  if (t->capitalised && t->kind == TokenKind::word && !shouting[t->sentence])
    return before_capital(m, *t);
  if (t->is("-")) return after_hyphen(m);
  if (t->is("$")) return -12;
  const Token* t2 = token_before(m, 2);
  if (t->in(NameRole::to) && t2 != nullptr && t2->in(NameRole::according)) return -3;
  if (t2 != nullptr && role(t2).has(PlaceRole::motion) && r.has(PlaceRole::locative)) return 6;
  if (r.has(PlaceRole::locative)) return r.has(PlaceRole::where) ? 6 : r.has(PlaceRole::at) ? 1 : 3;
  if (t->in(NameRole::of)) return after_of(m);
  if (t->in(NameRole::the)) return -1;
  if (r.has(PlaceRole::reports) || t->in(WordClass::title)) return -4;
  return 0;
}

int Judge::after_capital(const ToponymMention& m, std::uint32_t next) const {
  const Token& t = tokens[next];
  const auto r = gazetteer.words().find(t);
  if (shouting[t.sentence] && (t.all_caps || !r.has(PlaceRole::concern))) return 0;
  if (r.has(PlaceRole::outside)) return kConcern;
  if (r.has(PlaceRole::body)) {  // "Michigan State University"
    const bool longer = next + 1 < tokens.size() && tokens[next + 1].capitalised &&
                        tokens[next + 1].sentence == t.sentence;
    return longer && gazetteer.words().find(tokens[next + 1]).has(PlaceRole::outside) ? -14 : 2;
  }
  if (t.in(WordClass::title)) return 1;
  if (is_letters(tokens[m.tokens.begin])) return 0;
  if (t.in(WordClass::organisation_word)) return -5;
  if (t.in(WordClass::nationality) || t.in(WordClass::common_word)) return 0;
  if (t.all_caps || r.has(PlaceRole::month)) return 0;
  if (m.tokens.size() == 1 && is_given_name(tokens[m.tokens.begin])) return -7;  // Paris Hilton
  return -5;
}

int Judge::after(const ToponymMention& m) const {
  const Token* t = token_after(m);
  if (t == nullptr) return 0;
  if (m.container != kNoMention) return 9;
  if (t->is("$") || role(t).has(PlaceRole::currency)) return -12;
  if (opens_concern(m)) return kConcern;
  if (t->is("-") && t->glued) {
    const Token* u = token_after(m, 1);
    if (u != nullptr && u->glued && role(u).has(PlaceRole::person_compound) && !is_great(m))
      return -8;
    if (u != nullptr && u->glued && role(u).has(PlaceRole::compound)) return 7;
    // "Agence France-Presse"; "France-Italy" is a pair.
    const bool name = u != nullptr && u->glued && u->capitalised;
    if (name && gazetteer.find(Gazetteer::extend({}, u->key)).senses.empty()) return -2;
    if (u != nullptr && u->glued) return u->capitalised ? 0 : 2;
  }
  if (t->key == "'s") {
    const Token* u = token_after(m, 1);
    return u != nullptr && role(u).has(PlaceRole::place_noun) ? 3 : 0;
  }
  if (t->kind == TokenKind::word && t->capitalised) return after_capital(m, m.tokens.end);
  if (t->kind == TokenKind::word && role(t).outside_in_lower_case) return -12;
  if (t->kind == TokenKind::word && role(t).has(PlaceRole::people)) return 4;
  if (t->kind == TokenKind::number && t->text.size() == 4 &&
      gazetteer.words().find(m.name).has(PlaceRole::word))
    return -6;  // Spring 2002
  if (t->in(WordClass::cue)) return governs(m) ? 0 : kReports;
  if (t->is(",")) {
    const Token* u = token_after(m, 1);
    if (u != nullptr && u->kind == TokenKind::number && u->text.size() <= 2) return -6;  // an age
    if (u != nullptr && u->in(NameRole::relative)) return -5;
  }
  return 0;
}

// Words that make an office, a body or a heading of a name with a feature word: "United States
// Forest", "Announce Summer Drive", "Elm Street Bank".
bool Judge::is_no_local(const ToponymMention& m) const {
  for (std::uint32_t i = m.tokens.begin; i + 1 < m.tokens.end; ++i) {
    const Token& t = tokens[i];
    if (t.in(WordClass::organisation_word) || t.in(WordClass::title) || t.in(WordClass::cue) ||
        (t.in(WordClass::nationality) && i == m.tokens.begin))
      return true;
  }
  const Token* next = token_after(m);
  const bool goes_on = next != nullptr && next->kind == TokenKind::word && next->capitalised &&
                       next->sentence == tokens[m.tokens.begin].sentence &&
                       !next->in(WordClass::title) && !next->in(WordClass::function_word) &&
                       !role(next).has(PlaceRole::body) && !role(next).has(PlaceRole::street);
  return goes_on && !shouting[next->sentence];
}

// "Rep. French Hill", and "Alicia Keys" where the article speaks of Keys as well.
bool Judge::is_person(const ToponymMention& m) const {
  const auto named = std::ranges::lower_bound(names, m.tokens.begin, {},
                                              [](const NameMention& n) { return n.tokens.begin; });
  if (named == names.end() || named->tokens.begin != m.tokens.begin ||
      named->type != NameType::person)
    return false;
  if (!named->title.empty()) return true;
  const auto last = tokens[m.tokens.end - 1].key;
  return is_given_name(tokens[m.tokens.begin]) &&
         std::ranges::any_of(names, [&](const NameMention& n) {
           return n.tokens.size() == 1 && tokens[n.tokens.begin].key == last;
         });
}

ToponymEvidence Judge::local_evidence(const ToponymMention& m) const {
  const Token* t = token_before(m);
  const Token& first = tokens[m.tokens.begin];
  ToponymEvidence e{.known = 1, .after = m.container != kNoMention ? 5 : 0};
  if (t != nullptr && t->capitalised && t->kind == TokenKind::word &&
      !role(t).has(PlaceRole::locative) && !shouting[t->sentence])
    e.before -= 4;
  if (t != nullptr && role(t).has(PlaceRole::locative)) e.before += 2;
  if (first.in(WordClass::function_word) && m.tokens.size() == 2) e.word -= 4;
  if (t != nullptr && t->capitalised && t->in(WordClass::title)) e.before -= 4;
  if (shouting[first.sentence]) e.word -= 2;
  if (is_no_local(m)) e.word -= 12;
  if (is_person(m)) e.word -= 12;
  return e;
}

ToponymEvidence Judge::evidence_of(const ToponymMention& m) const {
  if (m.evidence.in_name) return m.evidence;
  if (m.form == ToponymForm::adjective) return {.known = 1};
  if (m.form == ToponymForm::local) return local_evidence(m);
  const int written_from =
      dateline.contains(m.tokens.begin) && m.tokens.begin < dateline.begin + 3 ? 8 : 0;
  ToponymEvidence e{.known = prior(m),
                    .word = word_penalty(m),
                    .before = before(m),
                    .after = after(m),
                    .dateline = written_from};
  if (closes_concern(m) && written_from == 0) e.before = -16;
  // "Police in Bath said": what reports is not the town.
  if (e.before >= 6 && e.after == kReports) e.after = 0;
  // "in Bath": that it is a word too says little where only a place can stand, but "in May", "in
  // AI" and "in Congress" are none.
  const auto known = gazetteer.words().find(m.name);
  const bool other_word = m.short_form || is_acronym(m) || known.has(PlaceRole::month) ||
                          known.has(PlaceRole::capitalised);
  const Token& first = tokens[m.tokens.begin];  // "IN EFFORT" of a headline
  const bool loud_word = m.tokens.size() == 1 && shouting[first.sentence] &&
                         first.in(WordClass::common_word) && !is_renowned(m);
  if (e.before >= 5 && e.after >= 0 && !other_word && !loud_word)
    e.word = std::max(e.word, kWordAfterIn);
  return e;
}

// "Northgate Energy fell. Northgate closed a plant.": the name of a small town that opens a longer
// one stands for that where nothing beside it speaks for a place.
void Judge::doubt_short_names() {
  std::unordered_set<std::uint64_t> opening;
  for (const auto& m : mentions) {
    if (m.evidence.after <= -5 && m.evidence.sum() <= 0) opening.insert(m.name);
  }
  for (auto& m : mentions) {
    const auto& e = m.evidence;
    const bool bare =
        e.known <= 2 && e.before <= 0 && e.after <= 0 && e.dateline == 0 && e.others == 0;
    if (bare && m.form == ToponymForm::gazetteer && opening.contains(m.name))
      m.evidence.others -= 4;
  }
}

// One sense per article: a name clearly a place once is one where nothing speaks against it.
void Judge::share_between_mentions() {
  std::unordered_map<std::uint64_t, int> best;
  for (const auto& m : mentions) {
    auto [it, fresh] = best.emplace(m.name, m.evidence.sum());
    if (!fresh) it->second = std::max(it->second, m.evidence.sum());
  }
  for (auto& m : mentions) {
    const int sum = m.evidence.sum();
    if (sum > 0 || best[m.name] < 5) continue;
    const Token& t = tokens[m.tokens.begin];
    const bool only_word = m.evidence.before >= -1 && m.evidence.after >= kReports &&
                           !surnames.contains(t.key) && !first_names.contains(t.key);
    const bool loud_word = opens_sentence(m) && t.in(WordClass::common_word) && !is_renowned(m);
    m.evidence.others += only_word && !loud_word ? std::max(4, 1 - sum) : 4;
  }
}

// "Trains from Reading to Bath": both ends of a way are places.
void Judge::join_ways() {
  for (std::size_t i = 0; i + 1 < mentions.size(); ++i) {
    auto& a = mentions[i];
    auto& b = mentions[i + 1];
    const Token* from = token_before(a);
    const Token* to = token_after(a);
    if (from == nullptr || to == nullptr || b.tokens.begin != a.tokens.end + 1 ||
        !role(from).has(PlaceRole::way_from) || !to->in(NameRole::to) ||
        tokens[a.tokens.begin].sentence != tokens[b.tokens.begin].sentence)
      continue;
    for (auto* m : {&a, &b}) {
      auto& e = m->evidence;
      const auto known = gazetteer.words().find(m->name);
      if (m->form != ToponymForm::gazetteer || m->short_form || e.after < 0 ||
          known.has(PlaceRole::month) || known.has(PlaceRole::capitalised))
        continue;
      e.before = std::max(e.before, 6);
      e.word = std::max(e.word, kWordAfterIn);
    }
  }
}

// "Savannah is the largest port of Georgia": a city of a region that its sentence names, whose name
// is a person's too.
void Judge::share_with_regions() {
  constexpr int kFellow = 3;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    auto& m = mentions[i];
    const auto& e = m.evidence;
    const Token& t = tokens[m.tokens.begin];
    if (m.form != ToponymForm::gazetteer || e.sum() > 0 || e.sum() <= -kFellow || e.known < 3 ||
        e.before < 0 || e.after < 0 || surnames.contains(t.key) || first_names.contains(t.key))
      continue;
    for (std::size_t k = i > 3 ? i - 3 : 0; k < std::min(mentions.size(), i + 4); ++k) {
      const auto& other = mentions[k];
      if (k == i || tokens[other.tokens.begin].sentence != t.sentence ||
          other.form != ToponymForm::gazetteer || other.evidence.sum() <= 0)
        continue;
      const bool held = std::ranges::any_of(m.senses, [&](const NameSense& s) {
        return gazetteer[s.place].population >= 100'000 && holds(other, s.place, gazetteer);
      });
      if (!held) continue;
      m.evidence.others += kFellow;
      break;
    }
  }
}

// "Gary, Hobart and Reading": neighbours in a list are alike.
void Judge::share_in_lists() {
  const auto joined = [&](const ToponymMention& a, const ToponymMention& b) {
    if (tokens[a.tokens.end - 1].sentence != tokens[b.tokens.begin].sentence ||
        b.tokens.begin < a.tokens.end)
      return false;
    const std::uint32_t gap = b.tokens.begin - a.tokens.end;
    if (gap == 0 || gap > 2) return false;
    for (std::uint32_t i = a.tokens.end; i < b.tokens.begin; ++i) {
      if (!tokens[i].is(",") && !role(&tokens[i]).has(PlaceRole::list)) return false;
    }
    return true;
  };
  for (std::size_t i = 0; i + 1 < mentions.size(); ++i) {
    auto& a = mentions[i];
    auto& b = mentions[i + 1];
    if (a.form == ToponymForm::adjective || b.form == ToponymForm::adjective || !joined(a, b))
      continue;
    const int for_a = a.evidence.sum();
    const int for_b = b.evidence.sum();
    if (for_a >= 3 && for_b <= 0 && for_b > -5) b.evidence.others += 4;
    if (for_b >= 3 && for_a <= 0 && for_a > -5) a.evidence.others += 4;
  }
}

void Judge::run() {
  find_surnames();
  find_shouting();
  find_containers(text, gazetteer, mentions);
  reject_inside_names();
  for (auto& m : mentions) m.evidence = evidence_of(m);
  join_pairs();
  join_ways();
  for (auto& m : mentions) {  // "Ind." after a place it holds
    if (m.container == kNoMention || m.evidence.sum() <= 0) continue;
    auto& holder = mentions[m.container].evidence;
    holder.others += std::max(0, 6 - holder.sum());
  }
  share_in_lists();
  share_with_regions();
  doubt_short_names();
  share_between_mentions();
  for (auto& m : mentions) m.accepted = m.evidence.sum() > 0 && m.form != ToponymForm::adjective;
}

}  // namespace

void judge_mentions(const TokenizedText& text, const std::vector<NameMention>& names,
                    TokenRange dateline, const Gazetteer& gazetteer,
                    std::vector<ToponymMention>& mentions) {
  Judge{.text = text,
        .names = names,
        .dateline = dateline,
        .gazetteer = gazetteer,
        .mentions = mentions}
      .run();
}

}  // namespace dateline
