#include "indexer/extract/speakers/source.h"

#include <algorithm>

#include "indexer/extract/speakers/noun_phrase.h"

namespace dateline {
namespace {

// How far is looked, in tokens.
constexpr std::uint32_t kReach = 60;             // to the left of a cue
constexpr std::uint32_t kDescription = 14;       // of "a man in the crowd", before a cue
constexpr std::uint32_t kArticleWords = 3;       // from "the" to a name behind a comma
constexpr std::uint32_t kOwnerWords = 6;         // "the army's" before a name
constexpr std::uint32_t kHeadWords = 4;          // "American Bridge" before the name that heads it
constexpr std::uint32_t kParenthesis = 40;       // between the name and the comma before its cue
constexpr std::uint32_t kQuotedObject = 24;      // "quoted the deputy minister, X, as saying"
constexpr std::uint32_t kQuotedAs = 10;          // "quoted by the agency as"
constexpr std::uint32_t kAppositionBefore = 12;  // "its duty controller," before the name
constexpr std::uint32_t kPhraseBefore = 14;      // "White House press secretary" before the name

bool is_stop(const Token& t) {
  return t.is(";") || t.is(":") || t.is(".") || t.is("?") || t.is("!");
}
bool is_dash(const Token& t) { return t.is("—") || t.is("–") || t.is("--") || t.is("-"); }

// Reads to the left from a cue.
class LeftReader {
 public:
  LeftReader(const Discourse& d, const Unit& unit, std::uint32_t cue)
      : d_(d),
        unit_(unit),
        cue_(cue),
        first_(std::max(unit.tokens.begin, cue > kReach ? cue - kReach : 0u)),
        last_(cue) {}

  std::optional<FoundSource> run();

 private:
  const Token& at(std::uint32_t i) const { return d_.token(i); }
  bool stops(std::uint32_t i) const {
    return is_stop(at(i)) &&
           !(at(i).is(".") && i > first_ && at(i - 1).in(WordClass::abbreviation));
  }
  bool skip_auxiliaries();
  bool holds_body(TokenRange range) const {
    for (auto i = range.begin; i < range.end; ++i) {
      if (at(i).in(WordClass::organisation_word)) return true;
    }
    return false;
  }
  std::uint32_t behind_name(std::uint32_t last) const;
  std::uint32_t with_article(std::uint32_t begin) const;
  bool owner_behind_preposition(std::uint32_t genitive) const;
  bool skip_quoted_as();
  std::optional<FoundSource> object_of_quoted() const;
  bool noun_use() const;
  bool progressive_or_finite(const Source& source) const;
  bool opens_noun_phrase(TokenRange phrase) const;
  std::uint32_t phrase_begin() const;
  std::uint32_t begin_of_phrase() const;
  std::uint32_t apposition_begin(std::uint32_t comma) const;
  std::optional<Source> subject_ending(std::uint32_t last);
  struct Candidate {
    Source source;
    std::uint32_t begin = 0;
  };
  Source choose(const Candidate& candidate) {
    begin_ = candidate.begin;
    return candidate.source;
  }
  std::optional<Source> before_parenthesis(std::uint32_t last);
  std::optional<Candidate> named_before_comma(std::uint32_t comma);
  std::optional<Source> named(std::uint32_t last);
  std::optional<Source> described(std::uint32_t last);
  std::optional<Source> named_at_head(std::uint32_t first, std::uint32_t last);
  std::optional<Source> antecedent_of_who(std::uint32_t who);
  bool opens_apposition(std::uint32_t i) const;

  const Discourse& d_;
  const Unit& unit_;
  std::uint32_t cue_;
  std::uint32_t first_;
  std::uint32_t last_;  // one past the last token of the subject
  std::uint32_t begin_ = 0;
};

// Walks over "has also repeatedly"; false when the form is passive or an infinitive.
bool LeftReader::skip_auxiliaries() {
  bool be = false;
  bool modal = false;
  while (last_ > first_) {
    const Token& t = at(last_ - 1);
    if (d_.quoted(last_ - 1) || t.kind != TokenKind::word) break;
    if (t.in(SpeechRole::infinitive)) {
      if (last_ - 1 == first_) return false;
      const Token& verb = at(last_ - 2);
      if (!verb.in(SpeechRole::catenative)) return false;
      const bool went_on =
          is_preposition(verb) && last_ >= first_ + 4 && at(last_ - 3).in(SpeechRole::going);
      last_ -= went_on ? 3 : 2;
      continue;
    }
    if (is_time_word(t) && last_ >= first_ + 2 &&
        (at(last_ - 2).in(SpeechRole::time_determiner) ||
         at(last_ - 2).in(SpeechRole::time_adverb) || t.capitalised)) {
      --last_;
      if (at(last_ - 1).in(SpeechRole::time_determiner)) --last_;
      continue;
    }
    if (!t.in(SpeechRole::auxiliary) && !is_adverb(t)) break;
    if (t.in(SpeechRole::genitive) && last_ - 1 > first_ && d_.name_at[last_ - 2] != kNone)
      return false;
    be = be || t.in(SpeechRole::be);
    modal = modal || t.in(SpeechRole::modal);
    --last_;
  }
  const bool progressive = is_participle(at(cue_));
  if (modal && at(cue_).in(SpeechRole::lasting))
    return false;  // "coordination must continue “no matter what”"
  return !(be && !progressive) && last_ > first_;
}

// "the claims", "his remarks": after a determiner or an adjective the form is a noun.
bool LeftReader::noun_use() const {
  const Token& before = at(cue_ - 1);
  if (before.in(SpeechRole::that)) return false;
  return before.in(SpeechRole::determiner) || before.in(SpeechRole::genitive);
}

// Back over the full stop of "Norwin Corp." and over the QC of "Neil Farr QC".
std::uint32_t LeftReader::behind_name(std::uint32_t last) const {
  if (last <= first_ || d_.name_at[last] != kNone) return last;
  const bool stop = at(last).is(".") && at(last).glued && at(last - 1).in(WordClass::abbreviation);
  const bool honour = at(last).all_caps && at(last).in(NameRole::honour);
  return (stop || honour) && d_.name_at[last - 1] != kNone ? last - 1 : last;
}

std::optional<Source> LeftReader::named(std::uint32_t last) {
  last = behind_name(last);
  const auto mention = d_.name_at[last];
  if (mention == kNone) return std::nullopt;
  const auto& name = d_.names[mention];
  if (name.tokens.end != last + 1) return std::nullopt;
  begin_ = name.title.empty() ? name.tokens.begin : name.title.begin;
  return Source{name.tokens, SourceKind::named, mention};
}

// A noun phrase without a name at its end: back to its determiner, a comma, or the clause's start.
std::optional<Source> LeftReader::described(std::uint32_t last) {
  std::uint32_t i = last + 1;
  while (i > first_ && last + 1 - i < kDescription) {
    const Token& t = at(i - 1);
    const bool hyphen = t.is("-") && t.glued;
    if (d_.quoted(i - 1) || t.kind == TokenKind::quote || t.is(",") || stops(i - 1) ||
        (is_dash(t) && !hyphen))
      break;
    if (t.in(SpeechRole::clause_break) || t.in(SpeechRole::and_) || t.in(SpeechRole::as)) break;
    --i;
  }
  if (i > last) return std::nullopt;
  while (i < last && (is_preposition(at(i)) || is_adverb(at(i)))) ++i;
  if (auto source = named_at_head(i, last)) return source;
  if (i > first_ + 1 && at(i - 1).is(",") && at(i).in(SpeechRole::determiner) &&
      d_.name_at[i - 2] != kNone) {  // "Sam Lau, the director said": a comma short
    if (auto source = named(i - 2); source && d_.names[source->mention].type == NameType::person)
      return source;
  }
  begin_ = i;
  return Source{{i, last + 1}, SourceKind::described, kNone};
}

// "Mr. Morgan | of the Sierra Club", "Trump | at the time", "Lind | issued a statement calling":
// the name opens the phrase.
std::optional<Source> LeftReader::named_at_head(std::uint32_t first, std::uint32_t last) {
  std::uint32_t i = first;
  if (at(i).in(SpeechRole::definite_article)) ++i;
  while (i < last && i < first + kHeadWords && d_.name_at[i] == kNone && d_.title_at[i] == kNone &&
         at(i).capitalised)
    ++i;  // "American | Bridge President Ann Lind"
  const auto mention = i < last ? (d_.name_at[i] != kNone ? d_.name_at[i] : d_.title_at[i]) : kNone;
  if (mention == kNone) return std::nullopt;
  const auto& name = d_.names[mention];
  if (name.type == NameType::unknown || name.tokens.end > last || name.tokens.begin < i)
    return std::nullopt;
  const Token& next = at(name.tokens.end);
  const bool verb = is_participle(at(cue_)) && next.kind == TokenKind::word && !next.capitalised &&
                    ends_in_ed(next);
  if (!verb && (!is_preposition(next) || next.in(SpeechRole::likeness))) return std::nullopt;
  begin_ = name.title.empty() ? name.tokens.begin : name.title.begin;
  return Source{name.tokens, SourceKind::named, mention};
}

bool LeftReader::opens_apposition(std::uint32_t i) const {
  const Token& t = at(i);
  if (t.kind == TokenKind::number) return true;
  if (t.in(SpeechRole::determiner) || t.in(SpeechRole::apposition_opener)) return true;
  if (t.all_caps && t.in(NameRole::honour)) return true;  // "Neil Farr, QC, said"
  return !t.capitalised || t.in(WordClass::title) || t.in(WordClass::organisation_word) ||
         t.key.size() == 1;
}

// `Lind, a nurse, said`; `Lind (D-Ohio) said`; `Lind — a nurse — said`: the name before the
// bracketing mark.
std::optional<Source> LeftReader::before_parenthesis(std::uint32_t last) {
  std::uint32_t i = last;
  const bool bracket = at(last).is(")");
  std::optional<Candidate> fallback =
      bracket ? std::nullopt : named_before_comma(last);  // "Another critic, Ann Lind, said"
  if (fallback && d_.names[fallback->source.mention].type == NameType::person)
    return choose(*fallback);
  while (i > first_) {
    --i;
    if (d_.quoted(i)) {
      i = d_.quotations[d_.quotation_at[i]].tokens.begin;
      if (i <= first_) break;
      continue;
    }
    const Token& t = at(i);
    if (stops(i) && !bracket) break;
    if (bracket ? !t.is("(") : !(t.is(",") || is_dash(t))) continue;
    if (!bracket && !opens_apposition(i + 1)) continue;
    if (i == first_) break;
    std::uint32_t end = i - 1;
    if (at(end).is(")")) {
      while (end > first_ && !at(end).is("(")) --end;
      if (end == first_) break;
      --end;
    }
    if (bracket) return subject_ending(end);
    if (auto source = named(end)) {
      const bool article = begin_ > first_ + 1 && at(begin_ - 1).in(SpeechRole::definite_article);
      const bool inside = begin_ > first_ && is_preposition(at(begin_ - (article ? 2 : 1))) &&
                          d_.names[source->mention].type != NameType::person;
      if (!inside) return source;
      if (!fallback)
        fallback =
            Candidate{*source, begin_};  // "Lind, who works with Lund Lines, a shipper, said"
      continue;
    }
    if (at(end).in(SpeechRole::subject_pronoun) && !d_.quoted(end)) return subject_ending(end);
    if (t.is(",") && at(i + 1).in(SpeechRole::relative) && !d_.quoted(end)) {
      if (at(end).kind == TokenKind::number && end > first_ + 1 && at(end - 1).is(","))
        return subject_ending(end - 2);  // "Lind, 27, who won, said"
      return described(end);             // "a trader, who asked not to be named, said"
    }
    if (!is_dash(t) && last - i > kParenthesis) break;
    // the comma of a list or an adjunct: look further left
  }
  return fallback ? choose(*fallback) : std::optional<Source>{};
}

// The name between two commas: of a person, or of the body that a description before it means.
std::optional<LeftReader::Candidate> LeftReader::named_before_comma(std::uint32_t comma) {
  if (comma <= first_) return std::nullopt;
  const auto source = named(comma - 1);
  if (!source || begin_ <= first_ + 1 || !(at(begin_ - 1).is(",") || is_dash(at(begin_ - 1))) ||
      d_.quoted(begin_ - 2))
    return std::nullopt;
  const auto before = d_.name_at[begin_ - 2];
  if (before != kNone && d_.names[before].type == NameType::person) return std::nullopt;
  return Candidate{*source, begin_};
}

std::optional<Source> LeftReader::antecedent_of_who(std::uint32_t who) {
  if (who <= first_) return std::nullopt;
  std::uint32_t last = who - 1;
  if ((at(last).is(",") || is_dash(at(last))) && last > first_) --last;
  if (at(last).is(")")) {
    while (last > first_ && !at(last).is("(")) --last;
    if (last > first_) --last;
  }
  if (auto source = named(last)) return source;
  begin_ = who;
  const auto nearest = begin_;
  if (at(who - 1).is(",")) {  // "Lind, a nurse from Bonn, who said"
    if (auto source = before_parenthesis(who - 1)) return source;
  }
  begin_ = nearest;
  return Source{{who, who + 1}, SourceKind::described, kNone};
}

// "Lind of the army's Western Command": is the owner of what ends the phrase behind a preposition?
bool LeftReader::owner_behind_preposition(std::uint32_t genitive) const {
  for (auto i = genitive; i > first_ && genitive - i < kOwnerWords; --i) {
    const Token& t = at(i - 1);
    if (t.kind != TokenKind::word || d_.quoted(i - 1)) return false;
    if (is_preposition(t) && d_.name_at[i - 1] == kNone)
      return i > first_ + 1 && d_.name_at[i - 2] != kNone;
  }
  return false;
}

std::optional<Source> LeftReader::subject_ending(std::uint32_t last) {
  const Token& t = at(last);
  if (d_.quoted(last)) return std::nullopt;
  if (t.in(SpeechRole::relative) && d_.name_at[last] == kNone) return antecedent_of_who(last);
  if (t.in(SpeechRole::that)) return std::nullopt;
  if (t.kind == TokenKind::word && t.in(SpeechRole::subject_pronoun) && d_.name_at[last] == kNone) {
    begin_ = last;
    return Source{{last, last + 1}, SourceKind::pronoun, kNone};
  }
  if (auto source = named(last)) {
    // "a spokesman for Lind said": the name is inside a description
    const std::uint32_t begin = begin_;
    const auto& title = d_.names[source->mention].title;
    if (!at(title.end > 0 ? title.end - 1 : 0).in(WordClass::title) && holds_body(title))
      return source;  // "Minister in the Ministry of Finance Brian Hale"
    if (begin > first_ && is_preposition(at(begin - 1)) && !at(begin - 1).in(SpeechRole::companion))
      return described(last);
    if (begin == first_) return source;
    if (begin > first_ + 1 && at(begin - 1).in(SpeechRole::definite_article) &&
        is_preposition(at(begin - 2)) && !at(begin - 2).in(SpeechRole::companion))
      return described(last);
    if (at(begin - 1).in(SpeechRole::genitive) && owner_behind_preposition(begin - 1))
      return described(last);
    return source;
  }
  if (t.kind == TokenKind::word && !is_preposition(t)) return described(last);
  return std::nullopt;
}

// "Lind was quoted by the agency as | saying": back to "was", which stands for the cue.
bool LeftReader::skip_quoted_as() {
  if (!at(cue_).in(SpeechRole::saying) || cue_ < first_ + 4 || !at(cue_ - 1).in(SpeechRole::as))
    return false;
  for (std::uint32_t i = cue_ - 1; i > first_ + 1 && cue_ - i < kQuotedAs; --i) {
    if (!at(i - 1).in(SpeechRole::quoted)) continue;
    last_ = i - 1;
    while (last_ > first_ && (at(last_ - 1).in(SpeechRole::auxiliary) || is_adverb(at(last_ - 1))))
      --last_;
    return last_ < i - 1 && last_ > first_;
  }
  return false;
}

// "The agency quoted Lind as | saying": who is quoted speaks, not who quotes.
std::optional<FoundSource> LeftReader::object_of_quoted() const {
  const auto verb = quoting_verb(d_, unit_, cue_);
  if (!verb) return std::nullopt;
  const auto object = source_at(d_, unit_, *verb + 1);
  if (!object || object->end >= cue_) return std::nullopt;
  const auto subject = source_before(d_, unit_, *verb);
  return FoundSource{object->source, subject ? subject->begin : *verb, cue_ + 1};
}

std::optional<FoundSource> LeftReader::run() {
  if (auto object = object_of_quoted()) return object;
  if (skip_quoted_as()) {
    const auto source = subject_ending(last_ - 1);
    return source ? std::optional(FoundSource{*source, phrase_begin(), cue_ + 1}) : std::nullopt;
  }
  if (cue_ <= first_ || noun_use() || !skip_auxiliaries()) return std::nullopt;
  const std::uint32_t last = last_ - 1;
  if (d_.quoted(last)) return std::nullopt;
  const Token& t = at(last);
  std::optional<Source> source;
  if (t.is(",") || t.is(")") || is_dash(t))
    source = before_parenthesis(last);
  else
    source = subject_ending(last);
  if (!source || (!progressive_or_finite(*source))) return std::nullopt;
  return FoundSource{*source, phrase_begin(), cue_ + 1};
}

bool is_singular(const Token& pronoun) {
  return pronoun.in(SpeechRole::male_pronoun) || pronoun.in(SpeechRole::female_pronoun) ||
         pronoun.in(SpeechRole::neuter_pronoun);
}

// "the spokesman | claims"; not "Democratic | claims", "which examines bellwether | states".
bool LeftReader::opens_noun_phrase(TokenRange phrase) const {
  return at(phrase.begin).in(SpeechRole::determiner) || d_.name_at[phrase.begin] != kNone;
}

// The form of the infinitive ("say") needs a plural subject or an auxiliary; with a bare name it is
// a noun ("Lind's", "let Lind say").
bool LeftReader::progressive_or_finite(const Source& source) const {
  const Cue* cue = d_.cue(cue_);
  if (cue == nullptr) return true;
  if (cue->has(Frame::noun) && at(cue_).key != cue->lemma && last_ == cue_ &&
      source.kind == SourceKind::described)
    return opens_noun_phrase(source.tokens);
  if (at(cue_).key != cue->lemma || cue->past_is_base) return true;
  if (last_ < cue_) return true;
  if (source.kind == SourceKind::pronoun) return !is_singular(at(source.tokens.begin));
  if (source.kind == SourceKind::described)
    return !cue->has(Frame::noun) || is_plural(at(source.tokens.end - 1));
  const auto after_and = [&](std::uint32_t i) {
    return i > first_ && at(i - 1).in(SpeechRole::and_);
  };
  return after_and(source.tokens.begin) ||
         after_and(begin_);  // begin_ is the title's, which may open the article
}

// `blind," | its duty controller, Moses Kaltapau, told`: the description before the name, when it
// follows a quotation.
std::uint32_t LeftReader::apposition_begin(std::uint32_t comma) const {
  std::uint32_t i = comma;
  while (i > first_ && comma - i < kAppositionBefore && !d_.quoted(i - 1) &&
         (at(i - 1).kind != TokenKind::punctuation || at(i - 1).is("-") || at(i - 1).is(","))) {
    if (at(i - 1).is(",")) return i >= first_ + 2 && d_.quoted(i - 2) ? i : begin_;
    --i;
  }
  const bool after_quotation = i > first_ + 1 && i < comma && d_.quoted(i - 1) &&
                               (at(i - 2).is(",") || at(i - 2).is("?") || at(i - 2).is("!"));
  return after_quotation && at(i).in(SpeechRole::determiner) && at(begin_).capitalised ? i : begin_;
}

// `it," White House press secretary | Josh Earnest said`: back over the words that go with the name
// to the mark before them.
std::uint32_t LeftReader::phrase_begin() const { return with_article(begin_of_phrase()); }

// "| the Metropolitan Police said", ", | the state agency Norpress said"
std::uint32_t LeftReader::with_article(std::uint32_t begin) const {
  for (auto i = begin; i > first_ && begin - i <= kArticleWords; --i) {
    const Token& t = at(i - 1);
    if (d_.quoted(i - 1) || t.kind != TokenKind::word) return begin;
    if (t.in(SpeechRole::determiner) && !t.in(SpeechRole::that)) {
      const bool after_mark = i - 1 > first_ && at(i - 2).is(",");
      return i == begin || after_mark ? i - 1 : begin;
    }
    if (t.in(WordClass::function_word) || d_.cue(i - 1) != nullptr) return begin;
  }
  return begin;
}

std::uint32_t LeftReader::begin_of_phrase() const {
  std::uint32_t i = begin_;
  while (i > first_ && begin_ - i < kPhraseBefore) {
    const Token& t = at(i - 1);
    if (d_.quoted(i - 1)) return i;
    if (t.is(",")) return i >= first_ + 2 && d_.quoted(i - 2) ? i : apposition_begin(i - 1);
    if (t.kind == TokenKind::punctuation && !t.is("-") && !t.is(".")) return begin_;
    if (t.in(SpeechRole::clause_break)) return begin_;
    --i;
  }
  return begin_;
}

}  // namespace

std::optional<std::uint32_t> quoting_verb(const Discourse& d, const Unit& unit, std::uint32_t cue) {
  if (cue < unit.tokens.begin + 3 || !is_participle(d.token(cue)) ||
      !d.token(cue - 1).in(SpeechRole::as))
    return std::nullopt;
  for (std::uint32_t i = cue - 1; i > unit.tokens.begin && cue - i < kQuotedObject; --i) {
    if (d.quoted(i) || is_stop(d.token(i))) return std::nullopt;
    if (!d.token(i).in(SpeechRole::quoted)) continue;
    std::uint32_t before = i - 1;
    while (before > unit.tokens.begin && is_adverb(d.token(before))) --before;
    return d.token(before).in(SpeechRole::be) ? std::nullopt : std::optional(i);
  }
  return std::nullopt;
}

std::optional<FoundSource> source_before(const Discourse& d, const Unit& unit, std::uint32_t cue) {
  return LeftReader(d, unit, cue).run();
}

}  // namespace dateline
