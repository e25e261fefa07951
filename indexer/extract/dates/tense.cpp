#include "indexer/extract/dates/tense.h"

#include <algorithm>
#include <optional>

namespace dateline {
namespace {

using Role = DateRole;

// Tokens: no clause of real news is longer, and a text without full stops must not take quadratic
// time.
constexpr std::uint32_t kFarthest = 60;

// What the token alone says; absent when it is no verb that tells.
std::optional<Tense> verb_tense(const std::vector<Token>& tokens, std::uint32_t i,
                                TokenRange sentence) {
  const Token& token = tokens[i];
  if (token.kind != TokenKind::word || token.key.empty()) return std::nullopt;
  if (token.capitalised && i != sentence.begin) return std::nullopt;
  static const Token kNothing{};
  const Token& before = i > sentence.begin ? tokens[i - 1] : kNothing;
  const Token& after = i + 1 < sentence.end ? tokens[i + 1] : kNothing;
  // Auxiliaries and words of planning: what follows has yet to happen.
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
  if (!token.key.ends_with("ed") || token.key.size() < 5 || token.in(Role::not_past))
    return std::nullopt;
  return Tense::leaning_past;
}

}  // namespace

Tense tense_at(const TokenizedText& text, TokenRange range) {
  TokenRange sentence = text.sentences[text.tokens[range.begin].sentence];
  sentence.begin = std::max(sentence.begin, range.begin - std::min(range.begin, kFarthest));
  sentence.end = std::min(sentence.end, range.end + kFarthest);
  for (std::uint32_t i = range.begin; i-- > sentence.begin;) {
    if (text.tokens[i].is(";")) break;
    if (const auto tense = verb_tense(text.tokens, i, sentence)) return *tense;
  }
  for (std::uint32_t i = range.end; i < sentence.end; ++i) {
    if (text.tokens[i].is(";")) break;
    if (text.tokens[i].is(",") && i > range.end) break;
    if (const auto tense = verb_tense(text.tokens, i, sentence)) return *tense;
  }
  return Tense::unknown;
}

}  // namespace dateline
