#include "indexer/extract/names/person_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "indexer/extract/names/name_run.h"

namespace dateline {
namespace {

// Short forms that do not share their first letters with the long one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 60> kNicknames = {{
    {"bill", "william"},    {"billy", "william"},   {"will", "william"},    {"bob", "robert"},
    {"bobby", "robert"},    {"rob", "robert"},      {"dick", "richard"},    {"rick", "richard"},
    {"rich", "richard"},    {"jim", "james"},       {"jimmy", "james"},     {"jamie", "james"},
    {"jack", "john"},       {"johnny", "john"},     {"jon", "jonathan"},    {"joe", "joseph"},
    {"mike", "michael"},    {"mick", "michael"},    {"ted", "edward"},      {"ted", "theodore"},
    {"ed", "edward"},       {"ned", "edward"},      {"tony", "anthony"},    {"tony", "antony"},
    {"chuck", "charles"},   {"charlie", "charles"}, {"hank", "henry"},      {"harry", "henry"},
    {"harry", "harold"},    {"larry", "lawrence"},  {"liz", "elizabeth"},   {"beth", "elizabeth"},
    {"betsy", "elizabeth"}, {"betty", "elizabeth"}, {"peggy", "margaret"},  {"meg", "margaret"},
    {"maggie", "margaret"}, {"kate", "katherine"},  {"kate", "catherine"},  {"kathy", "kathleen"},
    {"cathy", "catherine"}, {"sue", "susan"},       {"sandy", "alexander"}, {"alex", "alexander"},
    {"sasha", "alexander"}, {"tim", "timothy"},     {"tom", "thomas"},      {"steve", "stephen"},
    {"steve", "steven"},    {"andy", "andrew"},     {"drew", "andrew"},     {"gus", "augustus"},
    {"jeb", "john"},        {"mitch", "addison"},   {"newt", "newton"},     {"bernie", "bernard"},
    {"jerry", "gerald"},    {"terry", "terence"},   {"nick", "nicholas"},   {"mitt", "willard"},
}};

bool short_for(std::string_view a, std::string_view b) {
  if (a.size() == 1 || b.size() == 1) return a.front() == b.front();
  if (a.size() >= 3 && b.size() > a.size() && b.starts_with(a)) return true;
  return std::ranges::any_of(kNicknames,
                             [&](const auto& pair) { return pair.first == a && pair.second == b; });
}

bool is_leading_particle(const Token& t) {
  constexpr std::array<std::string_view, 15> kLeading = {"de",  "da",  "di",  "del", "della",
                                                         "von", "van", "der", "den", "ter",
                                                         "du",  "le",  "la",  "bin", "ibn"};
  return std::ranges::find(kLeading, t.key) != kLeading.end();
}

// "De Blasio", "Van der Meulen", "Bin Hamad": a family name alone, its particle capitalised at a
// sentence's start.
bool is_family_name_alone(const TokenizedText& text, TokenRange range) {
  if (range.size() < 2 || range.size() > 4 || !is_leading_particle(text.tokens[range.begin]))
    return false;
  for (std::uint32_t i = range.begin + 1; i + 1 < range.end; ++i) {
    if (text.tokens[i].capitalised || !is_name_particle(text.tokens[i])) return false;
  }
  return true;
}

bool compatible(std::string_view a, std::string_view b) {
  return a == b || short_for(a, b) || short_for(b, a);
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
    if (is_suffix(token) && !name.words.empty())
      name.suffix = token.key;
    else if (joined && !name.words.empty())
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

bool same_person(const PersonName& a, const PersonName& b) {
  if (!a.suffix.empty() && !b.suffix.empty() && a.suffix != b.suffix) return false;
  if (a.suffix.empty() != b.suffix.empty() &&
      (a.suffix + b.suffix == "jr" || a.suffix + b.suffix == "iii"))
    return false;
  if (a.words == b.words) return true;
  if (a.surname() != b.surname()) return false;
  if (a.words.size() < 2 || b.words.size() < 2) return true;
  if (compatible(a.words.front(), b.words.front())) return true;
  // "J. Edgar Hoover" and "Edgar Hoover": one's given name among the other's middle names
  const auto& longer = a.words.size() >= b.words.size() ? a : b;
  const auto& shorter = a.words.size() >= b.words.size() ? b : a;
  return longer.words.size() > shorter.words.size() &&
         std::ranges::find(longer.words.begin() + 1, longer.words.end() - 1,
                           shorter.words.front()) != longer.words.end() - 1;
}

}  // namespace dateline
