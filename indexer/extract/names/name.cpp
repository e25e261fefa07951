#include "indexer/extract/names/name.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "indexer/extract/names/institution.h"
#include "indexer/extract/names/name_run.h"
#include "indexer/extract/names/name_settling.h"

namespace dateline {
namespace {

constexpr std::uint32_t kLongestPerson = 6;  // words

bool is_word(const Token& t) { return t.kind == TokenKind::word; }

// Finds names in running text; bare surnames and headings, which only known persons explain, are
// settled at the end.
class NameFinder {
 public:
  NameFinder(const TokenizedText& text, const Gazetteer& gazetteer)
      : text_(text), tokens_(text.tokens), gazetteer_(gazetteer) {}

  std::vector<NameMention> run();

 private:
  void scan(TokenRange paragraph);
  void classify(TokenRange run);
  bool titled_person(TokenRange run);
  std::optional<std::uint32_t> person_after_title(std::uint32_t title, std::uint32_t end) const;
  bool person_by_given_name(TokenRange run);
  bool person_by_context(TokenRange run) const;
  bool person_by_particle(TokenRange run) const;
  bool split_at_given_name(TokenRange run);
  bool stands_as_body(TokenRange run) const;
  bool is_capitals_of_heading(TokenRange run) const;
  bool is_office(TokenRange run) const;
  void add(TokenRange name, TokenRange title, NameType type);
  bool has_organisation_word(TokenRange run) const;
  bool ends_in_surname(TokenRange run) const;
  bool is_great_place(const Token& name) const;
  bool is_title(std::uint32_t i, TokenRange run) const;
  bool given_at(std::uint32_t i, std::uint32_t end) const;

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  const Gazetteer& gazetteer_;
  std::vector<NameMention> found_;
  std::vector<TokenRange> headings_;
  KnownPersons known_;
};

// Country, region or great city, which more often is meant than the person called so.
bool NameFinder::is_great_place(const Token& name) const {
  constexpr std::uint32_t kLarge = 300'000;  // inhabitants
  return std::ranges::any_of(gazetteer_.find_name(name.text), [&](const NameSense& sense) {
    const auto& place = gazetteer_[sense.place];
    return sense.main_name && (place.kind == PlaceKind::country || place.population >= kLarge);
  });
}

// "said Ana Banks", "Rob Church, 31,": the last word, which elsewhere is a body's or a place's, is
// a surname. A word of bodies needs a given name that is nothing else, one of places what stands
// beside persons.
bool NameFinder::ends_in_surname(TokenRange run) const {
  const Token& last = tokens_[last_word_in(text_, run)];
  if (!last.in(NameRole::surname_too) || last.all_caps || words_in(text_, run) > 3) return false;
  const Token* before = run.begin > 0 ? &tokens_[run.begin - 1] : nullptr;
  const bool titled = before != nullptr && before->in(WordClass::title);
  if (words_in(text_, run) < 2) {
    const bool stop = run.begin > 1 && before->is(".");
    const Token* title = stop ? &tokens_[run.begin - 2] : before;
    return title != nullptr && title->in(NameRole::civil);
  }
  const Token& given = tokens_[run.begin];
  if (!is_given_name(given) && !is_initial(given)) return false;
  for (auto i = run.begin + 1; i < last_word_in(text_, run); ++i) {
    if (!is_initial(tokens_[i]) && !is_given_name(tokens_[i]) && !tokens_[i].is(".")) return false;
  }
  if (before != nullptr && before->in(NameRole::the)) return false;
  if (before != nullptr && before->capitalised && is_word(*before) && !titled) return false;
  const bool said = before != nullptr && before->in(NameRole::said);
  const bool apposed =
      before != nullptr && before->is(",") && run.end < tokens_.size() && tokens_[run.end].is(",");
  if (said || titled || apposed || person_goes_on(text_, run.end))
    return !is_great_place(given) || titled;
  return !last.in(NameRole::no_person) && !given.in(WordClass::common_word) &&
         !is_great_place(given) && !(before != nullptr && before->in(SpeechRole::preposition));
}

bool NameFinder::has_organisation_word(TokenRange run) const {
  for (std::uint32_t i = run.begin; i < run.end; ++i) {
    if (tokens_[i].is("&")) return true;
    const bool half_of_name =
        tokens_[i].glued && i > run.begin && tokens_[i - 1].is("-");  // Carter-Banks
    if (tokens_[i].capitalised && tokens_[i].in(WordClass::organisation_word) && !half_of_name &&
        !(i == last_word_in(text_, run) && ends_in_surname(run)) &&
        !(i == run.begin && tokens_[i].in(WordClass::family_first) && !tokens_[i].all_caps &&
          run.size() > 1))  // "Ngo Van Thanh"
      return true;
  }
  return false;
}

void NameFinder::add(TokenRange name, TokenRange title, NameType type) {
  if (name.empty()) return;
  if (type == NameType::person) {
    if (title.empty()) title = lower_title_before(text_, name.begin);
    const std::uint32_t last = last_word_in(text_, name);
    if (words_in(text_, name) >= 2 || !title.empty()) known_.surnames.insert(tokens_[last].key);
    if (words_in(text_, name) == 3 &&
        name.size() ==
            3) {  // "Inés Quispe Tarazona ... Quispe said": the first of two family names
      const Token& middle = tokens_[name.begin + 1];
      if (!is_given_name(middle) && !is_initial(middle) && middle.capitalised &&
          is_given_name(tokens_[name.begin]))
        known_.surnames.insert(middle.key);
    }
    if (words_in(text_, name) >= 2 && tokens_[name.begin].in(WordClass::family_first))
      known_.surnames.insert(tokens_[name.begin].key);  // "Xi Jinping ... Xi said"
    if (words_in(text_, name) >= 2 && is_word(tokens_[name.begin]))
      known_.given_of.emplace(tokens_[name.begin].key, tokens_[last].key);
  }
  found_.push_back({.tokens = name, .title = title, .type = type});
}

bool NameFinder::given_at(std::uint32_t i, std::uint32_t end) const {
  const Token& t = tokens_[i];
  if (i + 1 >= end) return false;
  if (is_given_name(t)) return true;
  if (is_initial(t) && is_word(tokens_[i + 1]) &&
      (is_initial(tokens_[i + 1]) || tokens_[i + 1].text.size() > 2))
    return t.text.ends_with('.');
  return t.in(WordClass::family_first) && end - i >= 2 &&
         (!tokens_[i + 1].in(WordClass::common_word) ||
          (end - i >= 3 && tokens_[i + 1].in(NameRole::family_middle)));
}

// Where the person's name begins after the title at `title`: "Secretary of State | Antony Blinken",
// "President | Bush".
std::optional<std::uint32_t> NameFinder::person_after_title(std::uint32_t title,
                                                            std::uint32_t end) const {
  std::uint32_t i = title + 1;
  while (i < end && (!is_word(tokens_[i]) || tokens_[i].in(NameRole::title_half))) ++i;
  if (i >= end || is_suffix(tokens_[i])) return std::nullopt;
  if (!tokens_[i].in(NameRole::portfolio)) {
    if (has_organisation_word({i, end}) || words_in(text_, {i, end}) > kLongestPerson)
      return std::nullopt;
    const bool plain = tokens_[i].in(WordClass::common_word) && !is_given_name(tokens_[i]);
    if (plain && !tokens_[title].in(NameRole::strong_title)) return std::nullopt;
    if (!is_given_name(tokens_[i]) &&
        !is_initial(tokens_[i])) {  // "Miss Universe | Alicia Machado"
      for (std::uint32_t k = i + 1; k + 1 < end; ++k) {
        if (is_given_name(tokens_[k]) && tokens_[i].in(WordClass::common_word)) return k;
      }
    }
    return i;
  }
  for (std::uint32_t k = i + 1; k < end; ++k) {
    if (given_at(k, end) && !has_organisation_word({k, end})) return k;
  }
  std::uint32_t k = i + 1;  // "Secretary of State Blinken": ordinary words are the portfolio
  while (k < end && (!tokens_[k].capitalised || tokens_[k].in(WordClass::common_word) ||
                     tokens_[k].in(WordClass::organisation_word)))
    ++k;
  return k > i + 1 && k < end ? std::optional(k) : std::nullopt;
}

bool NameFinder::is_title(std::uint32_t i, TokenRange run) const {
  const Token& t = tokens_[i];
  if (!is_word(t) || !t.capitalised) return false;
  if (t.in(NameRole::honorific_first) && i + 1 < run.end)
    return tokens_[i + 1].in(NameRole::honorific_second);
  if (t.in(NameRole::honorific_second) && i > run.begin &&
      (tokens_[i - 1].in(NameRole::honorific_first) || tokens_[i - 1].in(WordClass::title)))
    return true;
  return t.in(WordClass::title);
}

bool NameFinder::titled_person(TokenRange run) {
  for (std::uint32_t i = run.end; i-- > run.begin;) {
    const Token& t = tokens_[i];
    if (!is_title(i, run)) continue;
    if (i > run.begin && i + 2 == run.end && is_given_name(t) && is_title(i - 1, run))
      continue;  // "Foreign Minister Don McKinnon"
    if (i + 1 == run.end && i > run.begin && is_given_name(tokens_[i - 1]) &&
        !tokens_[i - 1].in(WordClass::title))
      continue;  // Howard Dean, Larry King
    const auto name = person_after_title(i, run.end);
    if (!name) continue;
    add({*name, run.end}, {run.begin, *name}, NameType::person);
    return true;
  }
  return false;
}

bool NameFinder::person_by_given_name(TokenRange run) {
  const std::uint32_t n = words_in(text_, run);
  if (n < 2 || n > kLongestPerson || !given_at(run.begin, run.end) || has_organisation_word(run))
    return false;
  if (is_suffix(tokens_[run.end - 1]) && n == 2) return false;
  const Token& last = tokens_[last_word_in(text_, run)];
  if ((last.in(NameRole::no_person) && !ends_in_surname(run)) || is_party_word(last)) return false;
  add(run, {}, NameType::person);
  return true;
}

// "Rival Ted Cruz", "Texas Republican Ted Cruz": a given name later in the run.
bool NameFinder::split_at_given_name(TokenRange run) {
  for (std::uint32_t i = run.begin + 1; i + 1 < run.end; ++i) {
    const Token& before = tokens_[i - 1];
    if (!is_word(tokens_[i]) || !given_at(i, run.end) || has_organisation_word({i, run.end}))
      continue;
    if (!before.in(WordClass::common_word) && !before.in(WordClass::nationality) &&
        !before.in(WordClass::organisation_word))
      continue;
    if (is_given_name(before)) continue;
    add({i, run.end}, {run.begin, i}, NameType::person);
    return true;
  }
  return false;
}

// Is what stands around the run what stands around persons? "X Y, 45,", "X Y, who", "X Y said",
// "actor X Y".
bool NameFinder::person_by_context(TokenRange run) const {
  const auto n = words_in(text_, run);
  if (n > 4 || has_organisation_word(run) || precedes_title(text_, run)) return false;
  if (!lower_title_before(text_, run.begin).empty()) return true;
  const auto at = [&](std::uint32_t i) -> const Token* {
    return i < tokens_.size() ? &tokens_[i] : nullptr;
  };
  const Token* next = at(run.end);
  const Token* after = at(run.end + 1);
  if (next == nullptr || after == nullptr) return false;
  if (n < 2) return false;
  if (next->is(",") && after->in(NameRole::relative)) return true;
  if (next->is(",") && after->kind == TokenKind::number && after->text.size() <= 2 &&
      at(run.end + 2) != nullptr && at(run.end + 2)->is(","))
    return true;
  if (tokens_[last_word_in(text_, run)].in(WordClass::common_word))
    return false;  // "Oceania Relief said"
  if (next->in(NameRole::reports)) return true;
  if (next->is(",") && after->in(NameRole::article)) {
    for (std::uint32_t i = run.end + 2;
         i < run.end + 9 && i < tokens_.size() && (is_word(tokens_[i]) || tokens_[i].is("-"));
         ++i) {
      if ((tokens_[i].in(WordClass::title) && !tokens_[i].capitalised) ||
          tokens_[i].in(NameRole::who))
        return true;
    }
  }
  return false;
}

// "the US State Department", "the U.N. Security Council": the country or union belongs to the
// body's name.
bool is_country_acronym(const Token& token) {
  return token.all_caps && token.in(NameRole::country_acronym);
}

// "Arnel dela Paz", "Yusuf bin Salim": no place, so a person.
bool NameFinder::person_by_particle(TokenRange run) const {
  if (words_in(text_, run) > kLongestPerson || tokens_[run.begin].all_caps) return false;
  for (auto i = run.begin + 1; i + 1 < run.end; ++i) {
    if (!tokens_[i].capitalised && tokens_[i].in(NameRole::opening_particle) &&
        is_word(tokens_[i - 1]))
      return gazetteer_.find_name(slice(text_.text(), text_.span_of(run))).empty();
  }
  return false;
}

// "the insurance group Nordhaven", "Operator Emajoe Tramways" at a sentence's start; "Norvane,
// which"
bool NameFinder::stands_as_body(TokenRange run) const {
  if (run.end + 1 < tokens_.size() && tokens_[run.end].is(",") &&
      tokens_[run.end + 1].in(NameRole::which))
    return gazetteer_.find_name(slice(text_.text(), text_.span_of(run))).empty();
  return run.begin > 0 && tokens_[run.begin - 1].in(NameRole::body_noun);
}

// "ROCKEFELLER FIGHTS": an ordinary word in capitals behind a name, in a heading.
bool NameFinder::is_capitals_of_heading(TokenRange run) const {
  std::uint32_t words = 0;
  bool ordinary = false;
  for (auto i = run.begin; i < run.end; ++i) {
    const Token& t = tokens_[i];
    if (!is_word(t)) continue;
    if (!t.all_caps || t.in(WordClass::title) || t.in(WordClass::organisation_word)) return false;
    ++words;
    ordinary = ordinary || (words > 1 && t.in(WordClass::common_word) && !is_given_name(t));
  }
  return ordinary && (words > 2 || !is_given_name(tokens_[run.begin]));
}

// "the Secretary of Health and Human Services": an office, and nobody by name.
bool NameFinder::is_office(TokenRange run) const {
  return run.size() > 2 && tokens_[run.begin].in(WordClass::title) &&
         !tokens_[run.begin].in(WordClass::organisation_word) &&
         tokens_[run.begin + 1].in(NameRole::portfolio);
}

void NameFinder::classify(TokenRange run) {
  while (!run.empty() && !is_word(tokens_[run.begin])) ++run.begin;
  while (!run.empty() && !is_word(tokens_[run.end - 1]) &&
         !tokens_[run.end - 1].text.ends_with('.'))
    --run.end;
  if (run.empty()) return;
  while (!run.empty() && is_suffix(tokens_[run.begin])) {  // "Jr. said": nobody
    ++run.begin;
    while (!run.empty() && !is_word(tokens_[run.begin])) ++run.begin;
  }
  if (run.empty() || is_capitals_of_heading(run)) return;
  if (run.size() > 3 && tokens_[run.begin + 1].is(".") && is_unknown_title(tokens_[run.begin]))
    run.begin += 2;
  while (run.size() > 2 && tokens_[run.end - 1].in(NameRole::honour) &&
         (tokens_[run.end - 1].all_caps || tokens_[run.end - 1].text.size() > 2))
    --run.end;  // "Neil Ford QC"
  while (run.size() > 1 && tokens_[run.begin].in(WordClass::nationality) &&
         !has_organisation_word(run))
    ++run.begin;
  if (titled_person(run)) return;
  if (person_by_given_name(run)) return;
  const Token& first = tokens_[run.begin];
  if (!has_organisation_word(run)) {
    if (split_at_given_name(run)) return;
    if (stands_as_body(run)) return add(run, {}, NameType::organisation);
    if (person_by_context(run) || person_by_particle(run)) return add(run, {}, NameType::person);
    return add(run, {}, NameType::unknown);
  }
  if (split_at_given_name(run)) return;
  if (is_office(run)) return add(run, {}, NameType::unknown);
  if (run.size() == 1 && first.in(WordClass::common_word) && !first.all_caps &&
      opens_sentence(text_, run.begin))
    return;
  if (run.size() > 1 && run.begin > 0 && is_country_acronym(tokens_[run.begin - 1])) --run.begin;
  add(run, {}, NameType::organisation);
}

void NameFinder::scan(TokenRange paragraph) {
  for (std::uint32_t i = paragraph.begin; i < paragraph.end;) {
    if (const auto body = institution_at(text_, gazetteer_, i)) {
      found_.push_back(*body);
      i = body->tokens.end;
      continue;
    }
    if (const auto end = end_of_capitals(text_, i); end != i) {
      headings_.push_back({i, end});
      i = end;
      continue;
    }
    if (!starts_run(text_, i)) {
      ++i;
      continue;
    }
    const std::uint32_t end = end_of_run(text_, i);
    classify({i, end});
    i = end;
  }
}

std::vector<NameMention> NameFinder::run() {
  for (const auto& paragraph : text_.paragraphs) {
    if (is_heading(text_, paragraph))
      headings_.push_back(paragraph);
    else
      scan(paragraph);
  }
  return settle_names(text_, gazetteer_, headings_, std::move(known_), std::move(found_));
}

}  // namespace

std::vector<NameMention> find_names(const TokenizedText& text, const Gazetteer& gazetteer) {
  return NameFinder(text, gazetteer).run();
}

}  // namespace dateline
