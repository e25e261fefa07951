#include "indexer/extract/names/institution.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kOwnerWords = 4;  // "the United Arab Emirates'"
constexpr std::uint32_t kBodyWords = 4;   // "industry and commerce ministry"

bool is_word(const TokenizedText& text, std::uint32_t i) {
  return i < text.tokens.size() && text.tokens[i].kind == TokenKind::word;
}

// One past "Russia's", "French" or "US"; `begin` when no country or great city begins there.
std::uint32_t end_of_owner(const TokenizedText& text, const Gazetteer& gazetteer,
                           std::uint32_t begin) {
  const auto& tokens = text.tokens;
  const Token& first = tokens[begin];
  if (first.kind != TokenKind::word || !first.capitalised) return begin;
  if (first.in(WordClass::nationality) || (first.all_caps && first.in(NameRole::country_acronym)))
    return begin + 1 < tokens.size() && tokens[begin + 1].key == "'s" ? begin + 2 : begin + 1;
  for (auto i = begin; i < begin + kOwnerWords && is_word(text, i) && tokens[i].capitalised; ++i) {
    if (i + 1 >= tokens.size() || !tokens[i + 1].in(SpeechRole::genitive)) continue;
    const auto senses = gazetteer.find_name(slice(text.text(), text.span_of({begin, i + 1})));
    const bool known = std::ranges::any_of(senses, [&](const NameSense& sense) {
      return gazetteer[sense.place].kind == PlaceKind::country;
    });
    return known ? i + 2 : begin;
  }
  return begin;
}

bool heads_body(const TokenizedText& text, TokenRange body) {
  const Token& last = text.tokens[body.end - 1];
  if (last.in(NameRole::institution)) return true;
  return body.size() > 1 && last.in(NameRole::institution_second) &&
         text.tokens[body.end - 2].in(NameRole::institution_first);
}

// "said | the ministry": may the body be all of the noun phrase before `i`?
bool ends_phrase(const TokenizedText& text, std::uint32_t i) {
  if (i >= text.tokens.size()) return true;
  const Token& next = text.tokens[i];
  if (next.kind != TokenKind::word) return !next.is("-") || !next.glued;
  if (next.capitalised) return next.in(SpeechRole::weekday);
  return next.in(WordClass::cue) || next.in(SpeechRole::auxiliary) || is_adverb(next) ||
         next.in(WordClass::function_word);
}

}  // namespace

std::optional<NameMention> institution_at(const TokenizedText& text, const Gazetteer& gazetteer,
                                          std::uint32_t owner) {
  const std::uint32_t begin = end_of_owner(text, gazetteer, owner);
  if (begin == owner) return std::nullopt;
  for (auto i = begin; i < begin + kBodyWords && is_word(text, i); ++i) {
    const Token& word = text.tokens[i];
    const bool joins = i > begin && word.in(NameRole::and_);
    if (i > begin && text.tokens[i - 1].in(NameRole::and_) && word.in(NameRole::institution))
      return std::nullopt;  // "Kenyan voters and police"
    if (word.capitalised || (word.in(WordClass::function_word) && !joins)) return std::nullopt;
    if (heads_body(text, {begin, i + 1}) && ends_phrase(text, i + 1))
      return NameMention{
          .tokens = {begin, i + 1}, .title = {owner, begin}, .type = NameType::organisation};
  }
  return std::nullopt;
}

bool is_institution(const NameMention& name) {
  return name.type == NameType::organisation && !name.title.empty();
}

}  // namespace dateline
