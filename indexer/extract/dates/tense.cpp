#include "indexer/extract/dates/tense.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace dateline {
namespace {

template <std::size_t N>
bool any_of(const std::array<std::string_view, N>& sorted, std::string_view key) {
  return std::binary_search(sorted.begin(), sorted.end(), key);
}

// Auxiliaries and words of planning: what follows has yet to happen.
constexpr auto kFuture = std::to_array<std::string_view>(
    {"begins",    "closes", "due",     "ends",     "expect", "expected", "expects",     "expires",
     "faces",     "hopes",  "intend",  "intends",  "kicks",  "likely",   "meets",       "must",
     "opens",     "plan",   "planned", "planning", "plans",  "reopens",  "returns",     "runs",
     "scheduled", "shall",  "should",  "slated",   "starts", "takes",    "tentatively", "upcoming",
     "vow",       "vowed",  "vows",    "will",     "would"});

constexpr auto kPast = std::to_array<std::string_view>(
    {"ate",   "became", "began", "bought", "broke", "brought", "built", "came", "caught",
     "chose", "did",    "died",  "drew",   "drove", "fell",    "felt",  "flew", "fought",
     "found", "gave",   "got",   "grew",   "had",   "held",    "hit",   "kept", "knew",
     "led",   "left",   "lost",  "made",   "met",   "paid",    "ran",   "rose", "sang",
     "sank",  "sat",    "saw",   "sent",   "shook", "shot",    "slid",  "sold", "sought",
     "spent", "spoke",  "stood", "struck", "swept", "taught",  "took",  "tore", "was",
     "went",  "were",   "won",   "wore",   "wrote"});

constexpr auto kSaying = std::to_array<std::string_view>(
    {"added", "announced", "declared", "reported", "said", "says", "stated", "told"});

constexpr auto kNotPast =
    std::to_array<std::string_view>({"exceed", "feed", "hundred", "indeed", "need", "proceed",
                                     "red", "seed", "speed", "succeed", "united"});

// "is to address", "are meeting": the forms of be that point ahead.
bool is_present_be(std::string_view key) { return key == "is" || key == "are" || key == "'s"; }

// Tokens: no clause of real news is longer, and a text without full stops must not take quadratic
// time.
constexpr std::uint32_t kFarthest = 60;

// What the token alone says; absent when it is no verb that tells.
std::optional<Tense> verb_tense(const std::vector<Token>& tokens, std::uint32_t i,
                                TokenRange sentence) {
  const Token& token = tokens[i];
  if (token.kind != TokenKind::word || token.key.empty()) return std::nullopt;
  const std::string_view key = token.key;
  if (token.capitalised && i != sentence.begin) return std::nullopt;
  const std::string_view before = i > sentence.begin ? tokens[i - 1].key : std::string_view{};
  const std::string_view after = i + 1 < sentence.end ? tokens[i + 1].key : std::string_view{};
  if (any_of(kFuture, key) || key == "'ll")
    return before == "been" ? Tense::leaning_past : Tense::future;
  if (key == "set" && (is_present_be(before) || before == "was" || after == "to"))
    return Tense::future;
  if (is_present_be(key) && (after == "to" || after.ends_with("ing"))) return Tense::future;
  if (any_of(kSaying, key)) return Tense::leaning_past;
  if (before == "be" || before == "to")
    return std::nullopt;  // "will be lifted": the auxiliary tells
  if (any_of(kPast, key)) return Tense::past;
  if (!key.ends_with("ed") || key.size() < 5 || any_of(kNotPast, key)) return std::nullopt;
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
