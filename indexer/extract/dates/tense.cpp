#include "indexer/extract/dates/tense.h"

#include <algorithm>
#include <optional>

namespace dateline {
namespace {

using Role = DateRole;

// Tokens: no clause of real news is longer, and a text without full stops must not take quadratic
// time.
constexpr std::uint32_t kFarthest = 60;

const Token kNothing{};

// The tokens of a sentence around a date, as far as a clause reaches.
struct Clause {
  const std::vector<Token>& tokens;
  TokenRange sentence;

  const Token& at(std::uint32_t i) const {
    return i >= sentence.begin && i < sentence.end ? tokens[i] : kNothing;
  }
  const Token& before(std::uint32_t i) const { return i > sentence.begin ? at(i - 1) : kNothing; }
};

// "we play", "they meet", "the clubs play": the present of what is planned.
bool is_timetable(const Clause& clause, std::uint32_t i) {
  if (!clause.at(i).in(Role::timetable)) return false;
  const Token& before = clause.before(i);
  if (before.in(Role::subject)) return true;
  return before.kind == TokenKind::word && !before.in(WordClass::function_word) &&
         before.key.size() > 3 && before.key.ends_with("s") && !before.key.ends_with("ss") &&
         !before.in(Role::possessive) && !before.in(Role::future);
}

// What the token alone says; absent when it is no verb that tells.
std::optional<Tense> verb_tense(const Clause& clause, std::uint32_t i) {
  const Token& token = clause.at(i);
  if (token.kind != TokenKind::word || token.key.empty()) return std::nullopt;
  if (token.capitalised && i != clause.sentence.begin) return std::nullopt;
  const Token& before = clause.before(i);
  const Token& after = clause.at(i + 1);
  // Auxiliaries and words of planning: what follows has yet to happen.
  const bool noun = before.in(Role::determiner) && !token.key.ends_with("ed");  // the plan
  if (token.in(Role::future) && noun && !after.in(Role::to)) return std::nullopt;
  if (token.in(Role::future)) return before.in(Role::been) ? Tense::leaning_past : Tense::future;
  const bool after_be = before.in(Role::present_be) || before.in(Role::was);
  if (token.in(Role::set) && (after_be || after.in(Role::to))) return Tense::future;
  // "is to address", "are meeting": the forms of be that point ahead.
  if (token.in(Role::present_be) && (after.in(Role::to) || after.key.ends_with("ing")))
    return Tense::future;
  if (token.in(Role::saying)) return Tense::leaning_past;
  if (before.in(Role::be) || before.in(Role::to))
    return std::nullopt;  // "will be lifted": the auxiliary tells
  if (token.in(Role::past)) return Tense::past;
  if (is_timetable(clause, i)) return Tense::future;
  if (!token.key.ends_with("ed") || token.key.size() < 5 || token.in(Role::not_past))
    return std::nullopt;
  return before.in(Role::subject) ? Tense::past : Tense::leaning_past;
}

// "told the minister to report on Monday": what somebody is to do lies ahead.
bool is_infinitive(const Clause& clause, std::uint32_t i) {
  const Token& next = clause.at(i + 1);
  return clause.at(i).in(Role::to) && next.kind == TokenKind::word && !next.capitalised &&
         !next.in(WordClass::function_word);
}

constexpr std::uint32_t kNounPhrase = 4;  // tokens

// "ahead of the Oct. 27 election": the date lies ahead, whatever the clause tells.
bool lies_ahead(const Clause& clause, std::uint32_t begin) {
  for (std::uint32_t i = begin; i > clause.sentence.begin && i + kNounPhrase > begin; --i) {
    const Token& token = clause.tokens[i - 1];
    if (token.kind == TokenKind::punctuation) return false;
    if (token.in(Role::of) && clause.before(i - 1).in(Role::ahead)) return true;
  }
  return false;
}

// "the explosion on Sunday", "Sunday's blast": nobody plans those.
bool is_unplanned(const Clause& clause, TokenRange date) {
  const std::uint32_t begin = date.begin;
  const bool placed = clause.before(begin).in(Role::place_preposition);
  if (placed && begin >= 2 && clause.before(begin - 1).in(Role::unplanned)) return true;
  if (clause.before(begin).in(Role::unplanned)) return true;
  std::uint32_t next = date.end;
  if (clause.at(next).in(Role::possessive)) ++next;
  const bool adjective =
      clause.at(next).kind == TokenKind::word && !clause.at(next).in(WordClass::function_word);
  return clause.at(next).in(Role::unplanned) ||
         (adjective && clause.at(next + 1).in(Role::unplanned));
}

// The tense of the nearest verb before the date.
std::optional<Tense> tense_before(const Clause& clause, TokenRange date) {
  bool infinitive = false;
  for (std::uint32_t i = date.begin; i-- > clause.sentence.begin;) {
    if (clause.at(i).is(";")) break;
    infinitive = infinitive || is_infinitive(clause, i);
    if (infinitive && clause.at(i).in(Role::orders) && !clause.at(i).capitalised)
      return Tense::future;
    if (const auto tense = verb_tense(clause, i)) return tense;
  }
  return std::nullopt;
}

std::optional<Tense> tense_after(const Clause& clause, TokenRange date) {
  const std::uint32_t begin = date.end + (clause.at(date.end).in(Role::possessive) ? 1 : 0);
  for (std::uint32_t i = begin; i < clause.sentence.end; ++i) {
    if (clause.at(i).is(";")) break;
    if (clause.at(i).is(",") && i > date.end) break;
    if (const auto tense = verb_tense(clause, i)) return tense;
  }
  return std::nullopt;
}

// Does a comma and a participle part the date from the verb before it? "would never rule out
// force, calling Monday's drills"
bool is_in_participle(const Clause& clause, std::uint32_t begin) {
  for (std::uint32_t i = begin; i-- > clause.sentence.begin;) {
    if (clause.at(i).kind == TokenKind::punctuation) return false;
    if (clause.at(i).key.ends_with("ing") && clause.before(i).is(",")) return true;
  }
  return false;
}

}  // namespace

Tense tense_at(const TokenizedText& text, TokenRange range) {
  TokenRange sentence = text.sentences[text.tokens[range.begin].sentence];
  sentence.begin = std::max(sentence.begin, range.begin - std::min(range.begin, kFarthest));
  sentence.end = std::min(sentence.end, range.end + kFarthest);
  const Clause clause{text.tokens, sentence};
  if (lies_ahead(clause, range.begin)) return Tense::future;
  if (is_unplanned(clause, range)) return Tense::past;
  const bool owner = clause.at(range.end).in(Role::possessive);
  auto tense = tense_before(clause, range);
  if (owner && tense == Tense::future && is_in_participle(clause, range.begin))
    tense = Tense::leaning_past;
  if (!tense) tense = tense_after(clause, range);
  return tense.value_or(Tense::unknown);
}

}  // namespace dateline
