#include "indexer/extract/speakers/coreference.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "indexer/extract/names/institution.h"
#include "indexer/extract/names/name_run.h"
#include "indexer/extract/names/person_name.h"

namespace dateline {
namespace {

constexpr std::uint32_t kAppositionReach = 6;  // tokens: "Jo Field, a spokeswoman for"
// What speaks for one namesake against another: each weighs more than all below it, and the place
// of a mention among all of the article less than any.
constexpr std::int64_t kScoreOfSurname = 4'000'000'000;
constexpr std::int64_t kScoreOfNamedBefore = 2'000'000'000;
constexpr std::int64_t kScoreOfFirst = 1'000'000'000;
constexpr std::size_t kOwnerLetters = 4;  // that Russia and Russian have in common
constexpr std::size_t kLeastInitials = 2;
constexpr std::size_t kMostInitials = 6;
constexpr std::size_t kNamesakes =
    16;  // persons of one surname that are told apart; keeps the work linear

Gender gender_of_word(const Token& token) {
  if (token.in(SpeechRole::female)) return Gender::female;
  if (token.in(SpeechRole::male)) return Gender::male;
  return Gender::unknown;
}

Gender gender_of_given(const Token& token) {
  const bool female = token.in(WordClass::given_female);
  const bool male = token.in(WordClass::given_male);
  if (female == male) return Gender::unknown;
  return female ? Gender::female : Gender::male;
}

// "DANIEL HALE", of a heading
bool is_capitals(std::string_view name) {
  return std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

// Joins the mentions of one article: full names first, then bare ones to the full name they can
// mean.
class Resolver {
 public:
  Resolver(const TokenizedText& text, const std::vector<NameMention>& names)
      : text_(text), tokens_(text.tokens), names_(names) {}

  Entities run();

 private:
  static constexpr std::uint32_t kNone = ~0u;

  struct Person {
    PersonName name;
    std::uint32_t entity = 0;
    std::uint32_t longest = 0;  // words of the form that gives the entity its name
  };

  void join_full(std::uint32_t mention);
  void join_bare(std::uint32_t mention);
  void join_by_spelling(std::uint32_t mention);
  void join_acronyms();
  std::string initials(TokenRange range) const;
  std::uint32_t new_entity(std::uint32_t mention);
  std::uint32_t new_person(std::uint32_t mention, PersonName name);
  std::uint32_t best_namesake(std::uint32_t mention, std::string_view key) const;
  void link(std::uint32_t mention, std::uint32_t entity);
  std::string spelling(TokenRange range) const;
  Gender title_gender(std::uint32_t mention) const;
  Gender gender_of(std::uint32_t mention, const PersonName& name) const;
  bool bare(std::uint32_t mention) const;
  bool is_compared(std::uint32_t mention) const;
  bool is_royal(const std::vector<std::uint32_t>& mentions) const;

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  const std::vector<NameMention>& names_;
  Entities out_;
  std::vector<Person> persons_;
  std::unordered_map<std::string, std::vector<std::uint32_t>>
      by_word_;  // surname, or first word -> persons_
  std::unordered_map<std::string, std::uint32_t> by_spelling_;  // whole folded name -> entity
};

std::string Resolver::spelling(TokenRange range) const {
  std::string out;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (i > range.begin && !tokens_[i].glued) out += ' ';
    out += tokens_[i].text;
  }
  return out;
}

bool Resolver::bare(std::uint32_t mention) const {
  const auto range = names_[mention].tokens;
  std::uint32_t words = 0;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const bool half = i > range.begin && tokens_[i].glued;  // the second half of a hyphenated name
    if (tokens_[i].kind == TokenKind::word && !half &&
        (tokens_[i].capitalised || !is_name_particle(tokens_[i])))
      ++words;
  }
  return words < 2;
}

Gender Resolver::title_gender(std::uint32_t mention) const {
  const auto title = names_[mention].title;
  for (std::uint32_t i = title.end; i-- > title.begin;) {
    if (const auto gender = gender_of_word(tokens_[i]); gender != Gender::unknown) return gender;
  }
  return Gender::unknown;
}

// From the title, the given name, or the apposition after it ("Jo Field, a spokeswoman for").
Gender Resolver::gender_of(std::uint32_t mention, const PersonName& name) const {
  if (const auto gender = title_gender(mention); gender != Gender::unknown) return gender;
  const auto range = names_[mention].tokens;
  if (name.words.size() >= 2) {
    for (std::uint32_t i = range.begin; i + 1 < range.end; ++i) {
      if (is_initial(tokens_[i])) continue;
      if (const auto gender = gender_of_given(tokens_[i]); gender != Gender::unknown) return gender;
      break;
    }
  }
  if (range.end + 2 < tokens_.size() && tokens_[range.end].is(",")) {
    for (std::uint32_t i = range.end + 1; i < range.end + kAppositionReach && i < tokens_.size() &&
                                          tokens_[i].kind == TokenKind::word;
         ++i) {
      if (tokens_[i].in(SpeechRole::possessive_relative)) break;  // "Lind, whose husband"
      if (const auto gender = gender_of_word(tokens_[i]); gender != Gender::unknown) return gender;
    }
  }
  return Gender::unknown;
}

void Resolver::link(std::uint32_t mention, std::uint32_t entity) {
  out_.of_mention[mention] = entity;
  out_.list[entity].mentions.push_back(mention);
}

std::uint32_t Resolver::new_entity(std::uint32_t mention) {
  const NameMention& name = names_[mention];
  const TokenRange range =
      is_institution(name) ? TokenRange{name.title.begin, name.tokens.end} : name.tokens;
  out_.list.push_back({.name = spelling(range),
                       .type = names_[mention].type,
                       .gender = Gender::unknown,
                       .mentions = {}});
  return static_cast<std::uint32_t>(out_.list.size() - 1);
}

std::uint32_t Resolver::new_person(std::uint32_t mention, PersonName name) {
  const auto entity = new_entity(mention);
  const auto index = static_cast<std::uint32_t>(persons_.size());
  const auto words = static_cast<std::uint32_t>(name.words.size());
  for (const auto& word : name.words) {
    if (word.size() < 2) continue;
    auto& list = by_word_[word];
    if (list.size() < kNamesakes) list.push_back(index);
  }
  persons_.push_back({.name = std::move(name), .entity = entity, .longest = words});
  return index;
}

void Resolver::join_full(std::uint32_t mention) {
  auto name = person_name(text_, names_[mention].tokens);
  std::uint32_t index = kNone;
  if (const auto found = by_word_.find(std::string(name.surname())); found != by_word_.end()) {
    for (const auto candidate : found->second) {
      if (!same_person(persons_[candidate].name, name, text_.lexicon->nicknames())) continue;
      const auto known = out_.list[persons_[candidate].entity].gender;
      const auto said = title_gender(mention);
      if (known != Gender::unknown && said != Gender::unknown && known != said) continue;
      index = candidate;
      break;
    }
  }
  const auto words = static_cast<std::uint32_t>(name.words.size());
  const Gender gender = gender_of(mention, name);
  if (index == kNone) index = new_person(mention, std::move(name));
  Person& person = persons_[index];
  Entity& entity = out_.list[person.entity];
  const bool readable = is_capitals(entity.name) && !is_capitals(spelling(names_[mention].tokens));
  if (words > person.longest || (words == person.longest && readable)) {
    person.longest = words;
    entity.name = spelling(names_[mention].tokens);
  }
  if (entity.gender == Gender::unknown) entity.gender = gender;
  link(mention, person.entity);
}

// "the younger Velhagen": not the one the article is about, the other one, who was named last.
bool Resolver::is_compared(std::uint32_t mention) const {
  const auto begin = names_[mention].tokens.begin;
  return begin > 0 && tokens_[begin - 1].in(SpeechRole::compared);
}

// "King Hussein": does any of the mentions bear the title of a king?
bool Resolver::is_royal(const std::vector<std::uint32_t>& mentions) const {
  return std::ranges::any_of(mentions, [&](std::uint32_t mention) {
    const auto title = names_[mention].title;
    return std::any_of(tokens_.begin() + title.begin, tokens_.begin() + title.end,
                       [](const Token& t) { return t.in(NameRole::royal); });
  });
}

// The person a bare name means: of one surname the one introduced first, who keeps it; a given name
// comes second.
std::uint32_t Resolver::best_namesake(std::uint32_t mention, std::string_view key) const {
  const auto found = by_word_.find(std::string(key));
  if (found == by_word_.end()) return kNone;
  const Gender said = title_gender(mention);
  const bool relative = is_compared(mention);
  const bool royal = is_royal({mention});
  std::uint32_t best = kNone;
  std::int64_t best_score = -1;
  for (const auto index : found->second) {
    const Person& person = persons_[index];
    const Entity& entity = out_.list[person.entity];
    if (said != Gender::unknown && entity.gender != Gender::unknown && entity.gender != said)
      continue;
    if (royal && !is_royal(entity.mentions)) continue;
    std::int64_t score = person.name.surname() == key ? kScoreOfSurname : 0;
    const auto before = std::ranges::lower_bound(entity.mentions, mention);
    const bool named_before = before != entity.mentions.begin();
    if (named_before) score += kScoreOfNamedBefore;
    if (named_before && relative)
      score += *(before - 1);
    else if (!entity.mentions.empty())
      score += kScoreOfFirst - entity.mentions.front();
    if (score > best_score) {
      best_score = score;
      best = index;
    }
  }
  return best;
}

void Resolver::join_bare(std::uint32_t mention) {
  auto name = person_name(text_, names_[mention].tokens);
  std::uint32_t index = best_namesake(mention, name.surname());
  const Gender gender = gender_of(mention, name);
  const bool fresh = index == kNone;
  if (fresh) index = new_person(mention, std::move(name));
  Entity& entity = out_.list[persons_[index].entity];
  if (fresh) entity.mentions.push_back(mention);
  if (entity.gender == Gender::unknown) entity.gender = gender;
  out_.of_mention[mention] = persons_[index].entity;
}

void Resolver::join_by_spelling(std::uint32_t mention) {
  std::string key;
  if (is_institution(names_[mention]))  // "Russia's ministry", "the Russian ministry"
    key.append(tokens_[names_[mention].title.begin].key.substr(0, kOwnerLetters)).append(" ");
  for (std::uint32_t i = names_[mention].tokens.begin; i < names_[mention].tokens.end; ++i) {
    if (tokens_[i].in(SpeechRole::definite_article)) continue;
    key.append(tokens_[i].key).append(" ");
  }
  const auto [place, fresh] = by_spelling_.try_emplace(std::move(key), 0u);
  if (fresh)
    place->second = new_entity(mention);
  else if (out_.list[place->second].type == NameType::unknown)
    out_.list[place->second].type = names_[mention].type;
  link(mention, place->second);
}

// "Organization of African Unity": oau
std::string Resolver::initials(TokenRange range) const {
  std::string letters;
  for (auto i = range.begin; i < range.end; ++i) {
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::word && t.capitalised && !t.key.empty() &&
        !t.in(SpeechRole::definite_article))
      letters += t.key.front();
  }
  return letters;
}

// A body and its acronym are one: by initials, or in brackets behind the name.
void Resolver::join_acronyms() {
  std::unordered_map<std::string, std::uint32_t> full;  // acronym -> entity
  const auto count = static_cast<std::uint32_t>(names_.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (names_[i].type == NameType::person || is_institution(names_[i])) continue;
    const auto range = names_[i].tokens;
    const bool body = names_[i].type == NameType::organisation;
    if (body && range.size() > 1) {
      const std::string letters = initials(range);
      if (letters.size() >= kLeastInitials + 1 ||
          (letters.size() == kLeastInitials && range.size() == kLeastInitials))
        full.try_emplace(letters, out_.of_mention[i]);
    }
    if (range.size() > 1 && range.end + 2 < tokens_.size() && tokens_[range.end].is("(") &&
        tokens_[range.end + 1].all_caps && tokens_[range.end + 2].is(")")) {
      const std::string acronym(tokens_[range.end + 1].key);
      const std::string letters = initials(range);
      if (body && !letters.empty() && acronym.starts_with(letters.front()))
        full.insert_or_assign(acronym, out_.of_mention[i]);
    }
  }
  if (full.empty()) return;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto range = names_[i].tokens;
    if (names_[i].type == NameType::person || range.size() != 1) continue;
    const Token& token = tokens_[range.begin];
    if (!token.all_caps || token.key.size() > kMostInitials) continue;
    if (const auto found = full.find(std::string(token.key)); found != full.end())
      out_.of_mention[i] = found->second;
  }
}

Entities Resolver::run() {
  out_.of_mention.assign(names_.size(), 0);
  const auto count = static_cast<std::uint32_t>(names_.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (names_[i].type == NameType::person && !bare(i)) join_full(i);
  }
  // "Mr. Obama" beside "Michelle Obama" is a person of his own, and "President Obama" before both
  // is he.
  for (const bool gendered : {true, false}) {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (names_[i].type == NameType::person && bare(i) &&
          (title_gender(i) != Gender::unknown) == gendered)
        join_bare(i);
    }
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    if (names_[i].type != NameType::person) join_by_spelling(i);
  }
  join_acronyms();
  for (auto& entity : out_.list) entity.mentions.clear();
  for (std::uint32_t i = 0; i < count; ++i) out_.list[out_.of_mention[i]].mentions.push_back(i);
  return std::move(out_);
}

}  // namespace

Entities resolve_names(const TokenizedText& text, const std::vector<NameMention>& names,
                       const Lexicon&) {
  return Resolver(text, names).run();
}

}  // namespace dateline
