#include "indexer/extract/speakers/pronoun.h"

#include <algorithm>

#include "indexer/extract/names/institution.h"

namespace dateline {
namespace {

// How many sentences back one is looked for.
constexpr std::uint32_t kUnitsBack = 12;         // whom "he" means
constexpr std::uint32_t kSubjectUnitsBack = 3;   // within these, subjects only
constexpr std::uint32_t kTitleUnitsBack = 60;    // "the senator", "the league"
constexpr std::uint32_t kBodyUnitsBack = 4;      // "the company"
constexpr std::uint32_t kSalienceUnitsBack = 2;  // "the New York businessman"
constexpr std::uint32_t kItUnitsBack = 2;
// How many words a description has, its article included.
constexpr std::uint32_t kTitleWords = 4;          // at most, of "the senator"
constexpr std::uint32_t kFewestSalientWords = 3;  // of "the New York businessman"
constexpr std::uint32_t kMostSalientWords = 7;
constexpr std::uint32_t kAppositionReach = 6;  // tokens: "Lind, the senator from"
constexpr std::uint32_t kAgeTokens = 6;        // the 36 - year - old
constexpr std::uint32_t kAgeUnitsBack = 20;
constexpr std::uint32_t kBodyWords = 4;     // of "the foreign ministry", at most
constexpr std::uint32_t kSomeoneWords = 4;  // of "A retired general"

// What speaks for a body being meant by "the airline".
constexpr int kWeightOfCalled = 6;
constexpr int kWeightOfName = 4;
constexpr int kWeightOfSubject = 3;
constexpr int kWeightOfSpeaker = 2;
constexpr int kMostNamed = 3;

// Of the persons that a pronoun may mean, the one of the highest rank.
constexpr int kRankOfAny = 1;
constexpr int kRankOfSubject = 2;
constexpr int kRankOfNoOwner = 1;
constexpr int kRankOfSureGender = 4;

}  // namespace

namespace {

// "pressed Lind", "told Lind", "with Lind"; but "said Lind".
bool is_object(const Discourse& d, std::uint32_t begin) {
  const Token& before = d.token(begin - 1);
  if (is_preposition(before)) return true;
  if (d.cue(begin - 1) == nullptr && is_participle(before) && !before.capitalised &&
      !before.in(WordClass::title))
    return true;  // "naming Lind"
  if (const Cue* cue = d.cue(begin - 1)) return cue->has(Frame::tell) || cue->has_only(Frame::ask);
  return before.kind == TokenKind::word && !before.capitalised && ends_in_ed(before) &&
         !before.in(WordClass::title) && begin >= 2 && d.token(begin - 2).kind == TokenKind::word &&
         !d.token(begin - 2).in(SpeechRole::determiner) && !d.token(begin - 2).in(SpeechRole::be);
}

}  // namespace

Antecedents::Antecedents(const Discourse& d) : d_(d), speaker_of_unit_(d.units.size(), kNone) {
  std::uint32_t name = 0;
  for (const auto& unit : d.units) {
    while (name < d.names.size() && d.names[name].tokens.begin < unit.tokens.begin) ++name;
    first_name_of_.push_back(name);
  }
}

void Antecedents::spoke(std::uint32_t unit, std::uint32_t entity) {
  if (d_.entities.list[entity].type != NameType::person) {
    last_body_ = entity;
    last_body_unit_ = unit;
    return;
  }
  speaker_of_unit_[unit] = entity;
  last_speaker_ = entity;
}

bool Antecedents::fits(std::uint32_t entity, Gender gender, bool surely) const {
  const auto& e = d_.entities.list[entity];
  if (e.type != NameType::person) return false;
  return e.gender == gender ||
         (!surely && (e.gender == Gender::unknown || gender == Gender::unknown));
}

// The first person of the unit who fits; those inside quotations, after prepositions and as owners
// come later.
std::uint32_t Antecedents::in_unit(std::uint32_t unit, std::uint32_t before, Gender gender,
                                   bool subjects_only) const {
  std::uint32_t best = kNone;
  int best_rank = 0;
  for (auto n = first_name_of_[unit]; n < d_.names.size() && d_.names[n].tokens.begin < before;
       ++n) {
    const auto& name = d_.names[n];
    const auto entity = d_.entities.of_mention[n];
    if (d_.quoted(name.tokens.begin) || !fits(entity, gender, false)) continue;
    const auto begin = name.title.empty() ? name.tokens.begin : name.title.begin;
    const bool object = begin > d_.units[unit].tokens.begin && is_preposition(d_.token(begin - 1));
    const bool subject = !object && (begin == d_.units[unit].tokens.begin || !is_object(d_, begin));
    const bool owner = name.tokens.end < d_.units[unit].tokens.end &&
                       d_.token(name.tokens.end).in(SpeechRole::genitive);
    if (object && subjects_only) continue;
    const int rank = kRankOfAny + (subject ? kRankOfSubject : 0) + (owner ? 0 : kRankOfNoOwner) +
                     (fits(entity, gender, true) ? kRankOfSureGender : 0);
    if (rank > best_rank) {
      best_rank = rank;
      best = entity;
    }
  }
  return best;
}

// "the health minister" is not "Foreign Minister Lind"; "Minister Lind" may be.
bool Antecedents::shares_modifier(TokenRange title, TokenRange description) const {
  if (description.size() < 3 || title.size() < 2) return true;
  const Token& modifier = d_.token(description.end - 2);
  if (modifier.kind != TokenKind::word || modifier.in(SpeechRole::apposition_opener)) return true;
  bool other = false;
  for (auto i = title.begin; i < title.end; ++i) {
    const Token& t = d_.token(i);
    if (t.key == modifier.key) return true;
    const bool head = same_title(t, d_.token(description.end - 1));
    other = other || (head && i > title.begin && d_.token(i - 1).kind == TokenKind::word &&
                      !d_.token(i - 1).in(SpeechRole::apposition_opener) &&
                      d_.token(i - 1).capitalised == t.capitalised);
  }
  return !other;
}

// Is the person a minister, but of something else?
bool Antecedents::bears_other_title(std::uint32_t entity, TokenRange description) const {
  const auto& mentions = d_.entities.list[entity].mentions;
  return std::ranges::any_of(mentions, [&](std::uint32_t mention) {
    return d_.names[mention].tokens.begin < description.begin &&
           !shares_modifier(d_.names[mention].title, description);
  });
}

bool Antecedents::same_title(const Token& borne, const Token& head) const {
  return borne.key == head.key || d_.lexicon.title_forms().short_for(borne.key, head.key);
}

// "the senator": the person last named with that title.
std::uint32_t Antecedents::by_title(std::uint32_t unit, TokenRange description) const {
  const Token& determiner = d_.token(description.begin);
  const Token& head = d_.token(description.end - 1);
  if (!determiner.in(SpeechRole::definite_article) || description.size() > kTitleWords ||
      !head.in(WordClass::title))
    return kNone;
  const auto limit = description.begin;
  std::uint32_t n = first_name_of_[unit];
  while (n < d_.names.size() && d_.names[n].tokens.begin < limit) ++n;
  const std::uint32_t last_unit = unit > kTitleUnitsBack ? unit - kTitleUnitsBack : 0;
  while (n-- > first_name_of_[last_unit]) {
    const auto title = d_.names[n].title;
    if (!shares_modifier(title, description)) continue;
    for (auto i = title.begin; i < title.end; ++i) {
      if (same_title(d_.token(i), head) &&
          (i == title.begin || !d_.token(i - 1).in(SpeechRole::deputy)))
        return d_.entities.of_mention[n];
    }
    const auto after = d_.names[n].tokens.end;  // "Lind, the senator from"
    if (after < limit && d_.token(after).is(",")) {
      for (auto i = after + 1;
           i < after + kAppositionReach && i < limit && d_.token(i).kind == TokenKind::word; ++i) {
        if (same_title(d_.token(i), head) && d_.names[n].type == NameType::person)
          return d_.entities.of_mention[n];
      }
    }
  }
  return kNone;
}

// The organisation named last before the token, of those whose names hold the word ("" for any).
std::uint32_t Antecedents::organisation_before(std::uint32_t token, std::string_view word,
                                               std::uint32_t units_back) const {
  std::uint32_t unit = static_cast<std::uint32_t>(
      std::ranges::upper_bound(d_.units, token, {}, [](const Unit& u) { return u.tokens.begin; }) -
      d_.units.begin());
  unit = unit > 0 ? unit - 1 : 0;
  const auto first = first_name_of_[unit > units_back ? unit - units_back : 0];
  std::uint32_t n = first;
  while (n < d_.names.size() && d_.names[n].tokens.begin < token) ++n;
  while (n-- > first) {
    const auto& name = d_.names[n];
    if (name.type != NameType::organisation || d_.quoted(name.tokens.begin) || is_credit(n))
      continue;
    if (word.empty()) return d_.entities.of_mention[n];
    for (auto i = name.tokens.begin; i < name.tokens.end; ++i) {
      if (d_.token(i).key == word) return d_.entities.of_mention[n];
    }
  }
  return kNone;
}

// "the league", after "the Gulf Shippers' League"; "the company", after "Norvane Paper".
std::uint32_t Antecedents::by_body(TokenRange description) const {
  if (!d_.token(description.begin).in(SpeechRole::definite_article) || description.size() < 2 ||
      description.size() > kBodyWords)
    return kNone;
  const Token& head = d_.token(description.end - 1);
  if (const auto same = head.in(WordClass::organisation_word) || head.in(NameRole::institution)
                            ? organisation_before(description.begin, head.key, kTitleUnitsBack)
                            : kNone;
      same != kNone)
    return same;
  if (!head.in(SpeechRole::body) || description.size() != 2) return kNone;
  return body_talked_about(description);
}

// "(AP) —", "(Reuters) -": who sent the article, not whom it is about.
bool Antecedents::is_credit(std::uint32_t mention) const {
  const auto range = d_.names[mention].tokens;
  if (range.begin == 0 || range.end + 1 >= d_.text.tokens.size()) return false;
  if (!d_.token(range.begin - 1).is("(") || !d_.token(range.end).is(")")) return false;
  const Token& dash = d_.token(range.end + 1);
  return dash.is("-") || dash.is("—") || dash.is("–") || dash.is("--");
}

// How much speaks for the body being "the airline": that it is called so, its name, its place in
// the sentence, how often it is named.
int Antecedents::weight_of_body(std::uint32_t mention, const Token& head) const {
  const auto entity = d_.entities.of_mention[mention];
  int weight = entity == last_body_ ? kWeightOfSpeaker : 0;
  int named = 0;
  for (const auto other : d_.entities.list[entity].mentions) {
    const auto range = d_.names[other].tokens;
    if (other > mention) break;
    ++named;
    if (range.begin > 0 && d_.token(range.begin - 1).key == head.key) weight += kWeightOfCalled;
    for (auto i = range.end; i < range.end + kAppositionReach && i < d_.text.tokens.size(); ++i) {
      if (i == range.end && !d_.token(i).is(",")) break;
      if (d_.token(i).key == head.key) weight += kWeightOfCalled;
    }
    for (auto i = range.begin; i < range.end; ++i) {
      if (head.in(SpeechRole::flies) && d_.token(i).in(SpeechRole::air)) weight += kWeightOfName;
    }
  }
  const auto begin = d_.names[mention].tokens.begin;
  const bool object =
      begin > 0 && (is_preposition(d_.token(begin - 1)) || is_past(d_.token(begin - 1)));
  return weight + (object ? 0 : kWeightOfSubject) + std::min(named, kMostNamed);
}

std::uint32_t Antecedents::body_talked_about(TokenRange description) const {
  const Token& head = d_.token(description.end - 1);
  auto unit = static_cast<std::uint32_t>(
      std::ranges::upper_bound(d_.units, description.begin, {},
                               [](const Unit& u) { return u.tokens.begin; }) -
      d_.units.begin());
  unit = unit > 0 ? unit - 1 : 0;
  const auto first = first_name_of_[unit > kBodyUnitsBack ? unit - kBodyUnitsBack : 0];
  std::uint32_t best = kNone;
  int best_weight = 0;
  for (auto n = first; n < d_.names.size() && d_.names[n].tokens.begin < description.begin; ++n) {
    const auto& name = d_.names[n];
    if (name.type != NameType::organisation || d_.quoted(name.tokens.begin) || is_credit(n) ||
        is_institution(name))
      continue;
    const int weight = weight_of_body(n, head);
    if (weight < best_weight) continue;
    best = d_.entities.of_mention[n];
    best_weight = weight;
  }
  return best;
}

// "A general searched for Lind. He said": who is meant has no name.
bool Antecedents::someone_unnamed(std::uint32_t unit) const {
  const auto range = d_.units[unit].tokens;
  const Token& first = d_.token(range.begin);
  if (!first.in(NameRole::article) || first.in(SpeechRole::definite_article)) return false;
  for (auto i = range.begin + 1; i < range.end && i < range.begin + kSomeoneWords; ++i) {
    const Token& t = d_.token(i);
    if (t.kind != TokenKind::word || d_.name_at[i] != kNone || d_.title_at[i] != kNone ||
        is_preposition(t))
      return false;
    if (t.in(WordClass::title)) {
      const Token& next = d_.token(std::min(i + 1, range.end - 1));
      return !next.is(",") && !next.capitalised && !next.in(WordClass::title);
    }
  }
  return false;
}

// "The New York businessman": one who is talked about already, by a word for what he is.
std::uint32_t Antecedents::by_salience(std::uint32_t unit, TokenRange description) const {
  const Token& head = d_.token(description.end - 1);
  if (!d_.token(description.begin).in(SpeechRole::definite_article) ||
      description.size() < kFewestSalientWords || description.size() > kMostSalientWords ||
      !head.in(WordClass::title))
    return kNone;
  for (auto i = description.begin; i < description.end; ++i) {
    if (d_.name_at[i] != kNone && d_.names[d_.name_at[i]].type == NameType::person)
      return kNone;  // "the Clinton spokesman"
  }
  if (const auto here = in_unit(unit, description.begin, Gender::unknown, true); here != kNone)
    return here;
  for (std::uint32_t back = 1; back <= kSalienceUnitsBack && back <= unit; ++back) {
    const std::uint32_t u = unit - back;
    if (speaker_of_unit_[u] != kNone) return speaker_of_unit_[u];
    if (const auto found = in_unit(u, d_.units[u].tokens.end, Gender::unknown, true);
        found != kNone)
      return found;
  }
  return kNone;
}

// "A statement from Lind": whoever sent it.
std::uint32_t Antecedents::by_document(TokenRange description) const {
  bool document = false;
  for (auto i = description.begin; i + 1 < description.end; ++i) {
    document = document || d_.token(i).in(SpeechRole::document);
    if (!document || !d_.token(i).in(SpeechRole::sender)) continue;
    auto next = i + 1;
    if (d_.token(next).in(SpeechRole::definite_article) && next + 1 < description.end) ++next;
    const auto mention = d_.name_at[next] != kNone ? d_.name_at[next] : d_.title_at[next];
    if (mention == kNone || d_.names[mention].type == NameType::unknown) return kNone;
    const auto end = d_.names[mention].tokens.end;
    const bool owner = end < description.end && d_.token(end).in(SpeechRole::genitive);
    return owner ? kNone : d_.entities.of_mention[mention];
  }
  return kNone;
}

// "The 36-year-old": the one named with this age, or the one talked about.
std::uint32_t Antecedents::by_age(std::uint32_t unit, TokenRange description) const {
  const auto age = description.begin + 1;
  if (!d_.token(description.begin).in(SpeechRole::definite_article) ||
      description.size() != kAgeTokens || d_.token(age).kind != TokenKind::number ||
      !d_.token(age + 1).is("-"))
    return kNone;
  std::uint32_t talked_about = kNone;
  const auto first = first_name_of_[unit > kAgeUnitsBack ? unit - kAgeUnitsBack : 0];
  for (auto n = first; n < d_.names.size() && d_.names[n].tokens.begin < description.begin; ++n) {
    const auto& name = d_.names[n];
    if (name.type != NameType::person || d_.quoted(name.tokens.begin)) continue;
    const auto end = name.tokens.end;
    const auto entity = d_.entities.of_mention[n];
    if (d_.token(end).is(",") && d_.token(end + 1).text == d_.token(age).text) return entity;
    const auto begin = name.title.empty() ? name.tokens.begin : name.title.begin;
    const bool owner = d_.token(end).in(SpeechRole::genitive);
    if (!owner && (begin == 0 || !is_object(d_, begin)) &&
        d_.token(begin).sentence + kSalienceUnitsBack >= d_.token(age).sentence)
      talked_about = entity;
  }
  return talked_about;
}

Antecedent Antecedents::described(std::uint32_t unit, TokenRange description) const {
  if (const auto sender = by_document(description); sender != kNone)
    return {sender, "whose document it is"};
  if (const auto titled = by_title(unit, description); titled != kNone)
    return {titled, "named last with this title"};
  if (const auto aged = by_age(unit, description); aged != kNone)
    return {aged, "the one of this age"};
  if (const auto body = by_body(description); body != kNone)
    return {body, "the body of this kind named last"};
  if (const auto found = by_salience(unit, description);
      found != kNone && !bears_other_title(found, description))
    return {found, "the one talked about"};
  return {kNone, "a description that no name of the article explains"};
}

Antecedent Antecedents::resolve(std::uint32_t unit, const Source& source) const {
  if (source.kind == SourceKind::described) return described(unit, source.tokens);
  const Token& pronoun = d_.token(source.tokens.begin);
  if (pronoun.in(SpeechRole::neuter_pronoun)) {
    if (last_body_ != kNone && unit - last_body_unit_ <= kItUnitsBack)
      return {last_body_, "the organisation that spoke last"};
    return {kNone, "no organisation spoke just before"};
  }
  const Gender gender = pronoun.in(SpeechRole::male_pronoun)     ? Gender::male
                        : pronoun.in(SpeechRole::female_pronoun) ? Gender::female
                                                                 : Gender::unknown;
  if (gender == Gender::unknown) return {kNone, "a pronoun that names nobody"};
  if (const auto here = in_unit(unit, source.tokens.begin, gender, true); here != kNone)
    return {here, "the subject of its sentence"};
  for (std::uint32_t back = 0; back <= kUnitsBack && back <= unit; ++back) {
    const std::uint32_t u = unit - back;
    if (speaker_of_unit_[u] != kNone && fits(speaker_of_unit_[u], gender, false))
      return {speaker_of_unit_[u], "the last speaker who fits"};
    if (back == 0) continue;
    const auto named = in_unit(u, d_.units[u].tokens.end, gender, true);
    if (back == 1 && named == kNone && someone_unnamed(u))
      return {kNone, "somebody without a name"};
    if (const auto found = in_unit(u, d_.units[u].tokens.end, gender, back < kSubjectUnitsBack);
        found != kNone)
      return {found, "the person named last who fits"};
  }
  return {kNone, "nobody before it fits"};
}

}  // namespace dateline
