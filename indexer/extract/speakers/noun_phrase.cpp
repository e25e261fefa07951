#include "indexer/extract/speakers/noun_phrase.h"

#include <algorithm>

namespace dateline {
namespace {

// How far is looked, in tokens.
constexpr std::uint32_t kDescription = 16;  // of "a man in the crowd"
constexpr std::uint32_t kTitles = 10;       // "President and CEO" between a body and the person
constexpr std::uint32_t kInstitution = 18;  // "Housing, Planning and Local Government"
constexpr std::uint32_t kInstitutionCommas = 2;

// Reads to the right from the first word of the phrase.
class PhraseReader {
 public:
  PhraseReader(const Discourse& d, const Unit& unit, std::uint32_t begin)
      : d_(d), begin_(begin), end_(unit.tokens.end), limit_(std::min(end_, begin + kDescription)) {}

  std::optional<FoundSource> run() const;

 private:
  const Token& at(std::uint32_t i) const { return d_.token(i); }
  bool word(std::uint32_t i) const { return i < end_ && at(i).kind == TokenKind::word; }
  bool country(std::uint32_t i) const {
    return at(i).all_caps && at(i).in(NameRole::country_acronym);
  }
  bool genitive(std::uint32_t i) const { return i < end_ && at(i).in(SpeechRole::genitive); }
  std::uint32_t mention_at(std::uint32_t i) const {
    return d_.name_at[i] != kNone ? d_.name_at[i] : d_.title_at[i];
  }
  bool person(std::uint32_t mention) const {
    return mention != kNone && d_.names[mention].type == NameType::person;
  }
  bool begins(std::uint32_t i, std::uint32_t mention) const {
    const auto& name = d_.names[mention];
    return i == (name.title.empty() ? name.tokens.begin : name.title.begin);
  }
  bool hyphened(std::uint32_t i) const {
    return i + 1 < end_ && at(i + 1).is("-") && at(i + 1).glued;
  }
  bool pronoun() const;
  bool shortens(std::uint32_t stop) const;
  std::uint32_t behind(std::uint32_t mention) const;
  bool goes_on(std::uint32_t i) const;
  bool person_behind_titles(std::uint32_t i) const;
  bool joins_titles(std::uint32_t i) const;
  bool closes(std::uint32_t i) const;
  std::optional<std::uint32_t> apposed(std::uint32_t comma) const;
  std::optional<std::uint32_t> behind_institution(std::uint32_t preposition) const;
  FoundSource named(std::uint32_t mention) const {
    const auto tokens = d_.names[mention].tokens;
    return {{tokens, SourceKind::named, mention}, begin_, tokens.end};
  }

  const Discourse& d_;
  std::uint32_t begin_;
  std::uint32_t end_;
  std::uint32_t limit_;
};

bool PhraseReader::pronoun() const {
  const Token& head = at(begin_);
  return head.in(SpeechRole::source_pronoun) && !country(begin_) &&
         (!head.in(SpeechRole::determiner) || !word(begin_ + 1));
}

// The full stop of "Corp." or "Sgt."
bool PhraseReader::shortens(std::uint32_t stop) const {
  return at(stop).is(".") && at(stop).glued && stop > begin_ && stop + 1 < end_ &&
         at(stop - 1).in(WordClass::abbreviation);
}

std::uint32_t PhraseReader::behind(std::uint32_t mention) const {
  const auto end = d_.names[mention].tokens.end;
  return end < end_ && shortens(end) ? end + 1 : end;
}

// "lawyer | and activist Ruth Orme": titles of one person.
bool PhraseReader::joins_titles(std::uint32_t i) const {
  return at(i).in(SpeechRole::and_) && i > begin_ && at(i - 1).in(WordClass::title) &&
         person_behind_titles(i + 1);
}

// Do only titles and words of names stand before a person? "Chairman and CEO Ned Holt"
bool PhraseReader::person_behind_titles(std::uint32_t i) const {
  bool title = false;
  for (const auto last = std::min(end_, i + kTitles); i < last && !d_.quoted(i); ++i) {
    if (person(d_.name_at[i])) return true;
    const Token& t = at(i);
    title = title || t.in(WordClass::title);
    if (shortens(i) || (t.is("-") && t.glued) || country(i)) continue;
    if (t.kind == TokenKind::number && i + 1 < last && at(i + 1).is("-")) continue;
    if (t.kind != TokenKind::word) return false;
    const bool joins = title && at(i - 1).in(WordClass::title) && t.in(SpeechRole::and_);
    if (!joins && !hyphened(i) && (t.in(WordClass::function_word) || is_preposition(t)))
      return false;
  }
  return false;
}

// Does the phrase go on at `i`, behind the name of a body or an unknown name?
bool PhraseReader::goes_on(std::uint32_t i) const {
  if (i >= end_ || d_.quoted(i)) return false;
  if (genitive(i)) return true;
  if (person_behind_titles(i)) return true;
  if (!word(i) || at(i).capitalised) return false;
  return !is_preposition(at(i)) && !at(i).in(WordClass::function_word);
}

// May the source end before `i`? Before a verb it may not: "said the mayor of Leeds, Ana Quist
// came"
bool PhraseReader::closes(std::uint32_t i) const {
  if (!word(i)) return true;
  const Token& t = at(i);
  return is_preposition(t) || (t.in(WordClass::function_word) && !t.in(SpeechRole::auxiliary));
}

// "said the manager | , Phil Lund.", "according to its operator | , Lund Lines,".
std::optional<std::uint32_t> PhraseReader::apposed(std::uint32_t comma) const {
  if (comma + 1 >= end_ || !at(comma).is(",") || d_.quoted(comma + 1)) return std::nullopt;
  const auto mention = mention_at(comma + 1);
  if (mention == kNone || d_.names[mention].type == NameType::unknown) return std::nullopt;
  return closes(d_.names[mention].tokens.end) ? std::optional(mention) : std::nullopt;
}

// "the mayor | of Leeds, Ana Quist", "Minister | for Trade Ana Quist"; but not "a friend | of the
// mayor, Ana Quist", who may be either.
std::optional<std::uint32_t> PhraseReader::behind_institution(std::uint32_t preposition) const {
  const Token& head = at(preposition - 1);
  if (!head.in(WordClass::title)) return std::nullopt;
  std::uint32_t commas = 0;
  for (std::uint32_t i = preposition + 1; i < end_ && i < preposition + kInstitution; ++i) {
    const Token& t = at(i);
    if (d_.quoted(i) || t.in(SpeechRole::clause_break)) return std::nullopt;
    if (const auto mention = mention_at(i);
        person(mention) && commas == 0 && head.in(NameRole::portfolio_head) && begins(i, mention) &&
        i > preposition + 1 && !is_preposition(at(i - 1)) && !at(i - 1).in(SpeechRole::determiner))
      return closes(d_.names[mention].tokens.end) ? std::optional(mention) : std::nullopt;
    if (t.is(",")) {
      const auto mention = apposed(i);
      const bool either =
          at(i - 1).in(WordClass::title) && !head.in(NameRole::spokesperson) && mention;
      if (either) return std::nullopt;
      if (mention && person(*mention)) return mention;
      if (++commas > kInstitutionCommas || !word(i + 1) || !at(i + 1).capitalised)
        return std::nullopt;
      continue;
    }
    if (t.kind == TokenKind::word || t.kind == TokenKind::number || t.is("-") || t.is("&") ||
        t.is("’") || t.is("'") || shortens(i) || d_.name_at[i] != kNone)
      continue;
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<FoundSource> PhraseReader::run() const {
  std::uint32_t i = begin_;
  if (i >= end_ || d_.quoted(i)) return std::nullopt;
  if (pronoun()) return FoundSource{{{i, i + 1}, SourceKind::pronoun, kNone}, begin_, i + 1};
  for (; i < limit_ && !d_.quoted(i); ++i) {
    const Token& t = at(i);
    if (const auto mention = d_.name_at[i]; mention != kNone) {
      const auto& name = d_.names[mention];
      const bool owner = genitive(name.tokens.end);
      const auto next = behind(mention);
      if (!owner && (person(mention) || !goes_on(next))) {
        if (name.type != NameType::unknown || !t.in(WordClass::title)) return named(mention);
        if (const auto apposition = apposed(name.tokens.end)) return named(*apposition);
        return named(mention);  // "Mayor of Jackson"
      }
      i = next - 1;
      continue;
    }
    if (shortens(i) || (t.is("-") && d_.title_at[i] == kNone) || t.kind == TokenKind::number)
      continue;
    if (t.kind != TokenKind::word && d_.title_at[i] == kNone) break;
    if (joins_titles(i) || d_.title_at[i] != kNone) continue;
    if (i > begin_ && is_preposition(t) && !hyphened(i)) {
      if (const auto mention = behind_institution(i)) return named(*mention);
      break;
    }
    if (t.in(SpeechRole::noun_phrase_end)) break;
  }
  if (i == begin_ || (at(begin_).kind != TokenKind::word && !hyphened(begin_))) return std::nullopt;
  if (const auto mention = i < end_ ? apposed(i) : std::nullopt) return named(*mention);
  return FoundSource{{{begin_, i}, SourceKind::described, kNone}, begin_, i};
}

// "said 61-year-old farmer Tom Hale"
bool opens_with_age(const Discourse& d, std::uint32_t i, std::uint32_t end) {
  return d.token(i).kind == TokenKind::number && i + 1 < end && d.token(i + 1).is("-") &&
         d.token(i + 1).glued;
}

// May the subject of the cue before it begin with this word?
bool opens_subject(const Discourse& d, std::uint32_t i, std::uint32_t end) {
  const Token& t = d.token(i);
  if (opens_with_age(d, i, end) || d.name_at[i] != kNone) return true;
  if (t.kind != TokenKind::word) return false;
  if (t.in(SpeechRole::third_person)) return true;
  if (t.all_caps && t.in(NameRole::country_acronym)) return true;
  const bool hyphened = i + 1 < end && d.token(i + 1).is("-") && d.token(i + 1).glued;
  if (hyphened) return true;
  if (is_preposition(t) || t.in(WordClass::function_word) != t.in(SpeechRole::determiner))
    return false;
  return t.in(SpeechRole::determiner) || t.capitalised || d.title_at[i] != kNone ||
         t.in(WordClass::title) || t.in(WordClass::common_word);
}

}  // namespace

std::optional<FoundSource> source_at(const Discourse& d, const Unit& unit, std::uint32_t begin) {
  return PhraseReader(d, unit, begin).run();
}

std::optional<FoundSource> source_after(const Discourse& d, const Unit& unit, std::uint32_t cue) {
  if (cue + 1 >= unit.tokens.end || !opens_subject(d, cue + 1, unit.tokens.end))
    return std::nullopt;
  auto found = source_at(d, unit, cue + 1);
  if (found) found->begin = cue;
  return found;
}

}  // namespace dateline
