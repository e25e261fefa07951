#include "indexer/extract/places/toponym_mention.h"

#include <algorithm>
#include <cmath>

namespace dateline {
namespace {

constexpr std::uint32_t kLongestName = 8;  // words of a gazetteer name

// Goes through the tokens once and takes the longest name that starts at each.
class MentionFinder {
 public:
  MentionFinder(const TokenizedText& text, const Gazetteer& gazetteer)
      : tokens_(text.tokens), gazetteer_(gazetteer) {}

  std::vector<ToponymMention> run() {
    for (std::uint32_t i = 0; i < tokens_.size();) {
      const std::uint32_t end = starts_name(i) ? take(i) : i + 1;
      i = end;
    }
    return std::move(found_);
  }

 private:
  bool is_capital_word(std::uint32_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::word && tokens_[i].capitalised;
  }
  bool starts_name(std::uint32_t i) const;
  bool has_capital(std::uint32_t i) const;
  bool follows_directly(std::uint32_t i) const;
  bool is_number_of_name(std::uint32_t i) const;
  std::uint32_t next_word(std::uint32_t i) const;
  bool is_behind_party(std::uint32_t i) const;
  ToponymMention longest(std::uint32_t i) const;
  bool may_be(const ToponymMention& mention) const;
  std::uint32_t take(std::uint32_t i);
  std::uint32_t feature_end(std::uint32_t i, PlaceWords::Entry& word) const;
  bool take_prefixed(std::uint32_t i, ToponymMention& local) const;
  std::uint32_t name_begin(std::uint32_t i) const;
  bool is_general(std::uint32_t i) const;
  bool is_title(std::uint32_t i) const;
  bool is_office(std::uint32_t i, PlaceWords::Entry word) const;
  void add_local(TokenRange range, PlaceWords::Entry word, bool street);

  const std::vector<Token>& tokens_;
  const Gazetteer& gazetteer_;
  std::vector<ToponymMention> found_;
};

// Is token i a word of the same paragraph as the one before it?
bool MentionFinder::follows_directly(std::uint32_t i) const {
  return i < tokens_.size() && i > 0 && tokens_[i].kind == TokenKind::word &&
         tokens_[i].paragraph == tokens_[i - 1].paragraph;
}

// "24" of "South 24 Parganas", if a name goes on so.
bool MentionFinder::is_number_of_name(std::uint32_t i) const {
  return i < tokens_.size() && i > 0 && tokens_[i].kind == TokenKind::number &&
         tokens_[i].paragraph == tokens_[i - 1].paragraph;
}

// Besides capitalised words "eMbalenhle", and "al" of "al-Bab" and "100" of "100 Mile House", which
// begin longer names only.
bool MentionFinder::starts_name(std::uint32_t i) const {
  if (is_capital_word(i)) return true;
  if (tokens_[i].kind == TokenKind::number)
    return gazetteer_.find(Gazetteer::extend({}, tokens_[i].key)).goes_on;
  if (tokens_[i].kind != TokenKind::word) return false;
  if (has_capital(i)) return true;
  if (i + 2 >= tokens_.size()) return false;
  return tokens_[i + 1].is("-") && tokens_[i + 1].glued && tokens_[i + 2].glued &&
         is_capital_word(i + 2);
}

// "eMbalenhle", "d'Ivoire".
bool MentionFinder::has_capital(std::uint32_t i) const {
  return std::ranges::any_of(tokens_[i].text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// The next word of the same name: past the full stop of "St. Louis" and the mark of "Guinea-Bissau"
// and "Biel/Bienne". tokens_.size() when there is none.
std::uint32_t MentionFinder::next_word(std::uint32_t i) const {
  const auto none = static_cast<std::uint32_t>(tokens_.size());
  if (follows_directly(i + 1) || is_number_of_name(i + 1)) return i + 1;
  if (i + 1 >= tokens_.size() || !tokens_[i + 1].glued || !follows_directly(i + 2)) return none;
  if (tokens_[i + 1].is(".") && tokens_[i].text.size() <= 5) return i + 2;
  const bool joins =
      tokens_[i + 1].is("-") || tokens_[i + 1].is("/") || tokens_[i + 1].is("\u2013");
  return joins && tokens_[i + 2].glued ? i + 2 : none;
}

// "(D-Ore.)": what a member of a parliament sits for.
bool MentionFinder::is_behind_party(std::uint32_t i) const {
  return i >= 3 && tokens_[i].glued && tokens_[i - 1].is("-") && tokens_[i - 2].capitalised &&
         tokens_[i - 2].text.size() == 1 && (tokens_[i - 3].is("(") || tokens_[i - 3].is(","));
}

ToponymMention MentionFinder::longest(std::uint32_t i) const {
  ToponymMention best;
  NameHash state;
  std::uint32_t at = i;
  for (std::uint32_t words = 1; words <= kLongestName; ++words) {
    state = Gazetteer::extend(state, tokens_[at].key);
    const auto match = gazetteer_.find(state);
    if (!match.senses.empty() && (words > 1 || has_capital(at) || tokens_[at].capitalised)) {
      ToponymMention mention{.tokens = {i, at + 1}, .name = state.value, .senses = match.senses};
      if (may_be(mention)) best = mention;
    }
    if (!match.goes_on) break;
    at = next_word(at);
    if (at >= tokens_.size()) break;
  }
  return best;
}

// "us" in "LET US GO" and "Or" are no places; abbreviations need their letters as written.
bool MentionFinder::may_be(const ToponymMention& mention) const {
  const Token& token = tokens_[mention.tokens.begin];
  if (mention.tokens.size() > 1 || token.key.size() > 3) return true;
  const auto& first = gazetteer_[mention.senses[0].place];
  const bool main_name = std::ranges::any_of(mention.senses, &NameSense::main_name);
  const bool acronym = !main_name && (first.kind != PlaceKind::city || token.key.size() < 3);
  if (!acronym || mention.senses[0].adjective) return true;
  const bool next_stop = mention.tokens.end < tokens_.size() &&
                         tokens_[mention.tokens.end].is(".") && tokens_[mention.tokens.end].glued;
  return token.all_caps || token.text.find('.') != std::string_view::npos || next_stop;
}

// "Olympia, WA": a short form of a state, not the town of Wa, whose name is not written so.
bool is_short_form(const ToponymMention& mention, const Token& token) {
  const bool capitals = token.all_caps && token.text.size() <= 3;
  return std::ranges::any_of(mention.senses, &NameSense::only_after_comma) &&
         std::ranges::all_of(mention.senses, [&](const NameSense& s) {
           return s.only_after_comma || (capitals && s.main_name);
         });
}

std::uint32_t MentionFinder::take(std::uint32_t i) {
  ToponymMention best = longest(i);
  if (!is_capital_word(i)) {
    if (best.tokens.empty()) return i + 1;
    found_.push_back(best);
    return best.tokens.end;
  }
  ToponymMention local;
  if (best.tokens.size() < 2 && take_prefixed(i, local)) {
    found_.push_back(local);
    return local.tokens.end;
  }
  PlaceWords::Entry word;
  const std::uint32_t last = best.tokens.empty() ? i + 1 : best.tokens.end;
  const std::uint32_t end = feature_end(last, word);
  if (end != 0 && is_general(last - 1) && best.tokens.size() < 2 &&
      (last < 2 || name_begin(last - 1) == last - 1 || is_general(last - 2)))
    return end;
  if (end != 0) {  // "Warren County", "Royal Street": the feature word belongs to the name
    add_local({name_begin(i), end}, word, !word.has(PlaceRole::feature));
    return end;
  }
  if (best.tokens.empty()) return i + 1;
  const auto adjective = std::ranges::find(best.senses, true, &NameSense::adjective);
  if (adjective != best.senses.end()) {  // "Canadian" is a town in Texas too; seldom meant
    best.form = ToponymForm::adjective;
    best.senses = best.senses.subspan(static_cast<std::size_t>(adjective - best.senses.begin()), 1);
  }
  best.short_form =
      is_short_form(best, tokens_[i]) ||
      (is_behind_party(i) && std::ranges::any_of(best.senses, &NameSense::only_after_comma));
  found_.push_back(best);
  return best.tokens.end;
}

// After the feature word at `i`, 0 when there is none.
std::uint32_t MentionFinder::feature_end(std::uint32_t i, PlaceWords::Entry& word) const {
  if (!is_capital_word(i) || !follows_directly(i)) return 0;
  word = gazetteer_.words().find(tokens_[i]);
  if (!word.has(PlaceRole::feature) && !word.has(PlaceRole::street)) return 0;
  if (tokens_[i].all_caps && !tokens_[i - 1].all_caps) return 0;
  return is_title(i) || is_office(i, word) ? 0 : i + 1;
}

// "Orange County District Attorney", "Third District", "Congressional District": what a district or
// a circuit of an office is called.
bool MentionFinder::is_office(std::uint32_t i, PlaceWords::Entry word) const {
  if (!word.has(PlaceRole::of_office)) return false;
  const auto before = gazetteer_.words().find(tokens_[i - 1]);
  if (before.has(PlaceRole::of_office)) return true;
  const bool more = follows_directly(i + 1) && is_capital_word(i + 1) &&
                    tokens_[i + 1].sentence == tokens_[i].sentence;
  return more && gazetteer_.words().find(tokens_[i + 1]).has(PlaceRole::body);
}

// "Dr" and "St" before a name: "Medical Service Dr. James Nyikal", "Church St. Gregory".
bool MentionFinder::is_title(std::uint32_t i) const {
  if (!tokens_[i].in(NameRole::title_or_street)) return false;
  const bool stop = i + 1 < tokens_.size() && tokens_[i + 1].is(".") && tokens_[i + 1].glued;
  return is_capital_word(i + (stop ? 2 : 1)) &&
         tokens_[i + (stop ? 2 : 1)].paragraph == tokens_[i].paragraph;
}

// The capitalised words right before token i belong to a name with a feature word: "Dolly Sods
// Wilderness".
std::uint32_t MentionFinder::name_begin(std::uint32_t i) const {
  std::uint32_t begin = i;
  while (begin > 0 && i - begin < 2 && follows_directly(begin) && is_capital_word(begin - 1) &&
         !tokens_[begin - 1].in(WordClass::function_word) &&
         !tokens_[begin - 1].in(WordClass::title) &&
         !tokens_[begin - 1].in(WordClass::nationality) &&
         (found_.empty() || found_.back().tokens.end < begin)) {
    --begin;
  }
  return begin;
}

// "Lake Tahoe", "Fort Dix", "County Mayo".
bool MentionFinder::take_prefixed(std::uint32_t i, ToponymMention& local) const {
  const auto word = gazetteer_.words().find(tokens_[i]);
  if (!word.has(PlaceRole::prefix)) return false;
  const std::uint32_t name = next_word(i);
  if (name >= tokens_.size() || !is_capital_word(name) ||
      gazetteer_.words().find(tokens_[name]).has(PlaceRole::body))
    return false;
  if (tokens_[name].in(WordClass::function_word) ||
      gazetteer_.words().find(tokens_[name]).has(PlaceRole::street))
    return false;
  if (follows_directly(i) && is_capital_word(i - 1) && i > 0 &&
      tokens_[i].sentence == tokens_[i - 1].sentence)
    return false;
  NameHash state = Gazetteer::extend(Gazetteer::extend({}, tokens_[i].key), tokens_[name].key);
  local = {.tokens = {i, name + 1},
           .name = state.value,
           .senses = {},
           .form = ToponymForm::local,
           .kind = word.kind};
  return true;
}

// "Independent School District", "Prime Minister Dr": words of every town name none.
bool MentionFinder::is_general(std::uint32_t i) const {
  const Token& t = tokens_[i];
  if (t.in(WordClass::function_word) || t.in(WordClass::title) ||
      t.in(WordClass::organisation_word))
    return true;
  const auto word = gazetteer_.words().find(t);
  return word.has(PlaceRole::body) || word.has(PlaceRole::feature) || word.has(PlaceRole::street);
}

void MentionFinder::add_local(TokenRange range, PlaceWords::Entry word, bool street) {
  NameHash state;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (tokens_[i].kind == TokenKind::word) state = Gazetteer::extend(state, tokens_[i].key);
  }
  const auto match = gazetteer_.find(state);
  ToponymMention mention{.tokens = range,
                         .name = state.value,
                         .senses = match.senses,
                         .form = ToponymForm::local,
                         .kind = word.kind,
                         .street = street};
  if (!match.senses.empty()) mention.form = ToponymForm::gazetteer;
  found_.push_back(mention);
}

}  // namespace

double confidence_of(const ToponymMention& mention) {
  constexpr double kSlow = 4;  // of evidence: doubt falls to a third with it
  constexpr double kLocal = 0.5;
  const double is_place = 1 - 0.5 * std::exp(-std::max(mention.evidence.sum(), 0) / kSlow);
  const double most = mention.form == ToponymForm::local ? kLocal : mention.share;
  return std::round(100 * is_place * most) / 100;
}

std::vector<ToponymMention> find_toponym_mentions(const TokenizedText& text,
                                                  const Gazetteer& gazetteer) {
  return MentionFinder(text, gazetteer).run();
}

}  // namespace dateline
