#include "indexer/extract/names/person_name.h"

#include <algorithm>

#include "indexer/extract/names/name_run.h"

namespace dateline {
namespace {

bool short_for(std::string_view a, std::string_view b, const Nicknames& nicknames) {
  if (a.size() == 1 || b.size() == 1) return a.front() == b.front();
  if (a.size() >= 3 && b.size() > a.size() && b.starts_with(a)) return true;
  return nicknames.short_for(a, b);
}

bool compatible(std::string_view a, std::string_view b, const Nicknames& nicknames) {
  return a == b || short_for(a, b, nicknames) || short_for(b, a, nicknames);
}

// "De Blasio", "Van der Meulen", "Bin Hamad": a family name alone, its particle capitalised at a
// sentence's start.
bool is_family_name_alone(const TokenizedText& text, TokenRange range) {
  if (range.size() < 2 || range.size() > 4 ||
      !text.tokens[range.begin].in(NameRole::leading_particle))
    return false;
  for (std::uint32_t i = range.begin + 1; i + 1 < range.end; ++i) {
    if (text.tokens[i].capitalised || !is_name_particle(text.tokens[i])) return false;
  }
  return true;
}

}  // namespace

PersonName person_name(const TokenizedText& text, TokenRange range) {
  PersonName name;
  bool joined = false;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Token& token = text.tokens[i];
    if (token.kind != TokenKind::word) {
      joined =
          token.glued && token.kind == TokenKind::punctuation && !token.is(".") && !token.is(",");
      continue;
    }
    const bool last_resort = i + 1 == range.end && name.words.empty();
    if (is_suffix(token) && !name.words.empty()) {
      name.suffix = token.key;
      name.younger = token.in(NameRole::younger);
    } else if (joined && !name.words.empty())
      name.words.back().append("-").append(token.key);
    else if (i == range.begin && is_family_name_alone(text, range))
      continue;
    else if (token.capitalised || !is_name_particle(token) || last_resort)
      name.words.emplace_back(token.key);
    joined = false;
  }
  if (name.words.empty()) name.words.emplace_back(text.tokens[range.begin].text);
  return name;
}

bool same_person(const PersonName& a, const PersonName& b, const Nicknames& nicknames) {
  if (!a.suffix.empty() && !b.suffix.empty() && a.suffix != b.suffix) return false;
  if (a.suffix.empty() != b.suffix.empty() && (a.younger || b.younger)) return false;
  if (a.words == b.words) return true;
  if (a.surname() != b.surname()) return false;
  if (a.words.size() < 2 || b.words.size() < 2) return true;
  if (compatible(a.words.front(), b.words.front(), nicknames)) return true;
  // "J. Edgar Hoover" and "Edgar Hoover": one's given name among the other's middle names
  const auto& longer = a.words.size() >= b.words.size() ? a : b;
  const auto& shorter = a.words.size() >= b.words.size() ? b : a;
  return longer.words.size() > shorter.words.size() &&
         std::ranges::find(longer.words.begin() + 1, longer.words.end() - 1,
                           shorter.words.front()) != longer.words.end() - 1;
}

}  // namespace dateline
