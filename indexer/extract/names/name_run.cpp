#include "indexer/extract/names/name_run.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kLongestRun = 14;  // words; more is a list or a heading
constexpr std::uint32_t kHeadingTokens = 30;
constexpr std::size_t kLongestParticle = 6;  // bytes as written
constexpr std::uint32_t kNicknameWords = 3;
constexpr std::uint32_t kCapitalsOfHeading = 4;
constexpr std::uint32_t kMonthNameWords = 3;  // of "June Marsh", at most

bool is_hyphen(const Token& token) { return token.is("-") || token.is("‐") || token.is("‑"); }

bool is_capital_word(const Token& token) {
  return token.kind == TokenKind::word && token.capitalised;
}

// Grows one run word by word.
class RunReader {
 public:
  RunReader(const TokenizedText& text, std::uint32_t begin)
      : tokens_(text.tokens),
        begin_(begin),
        end_(begin),
        limit_(text.sentences[text.tokens[begin].sentence].end) {}

  std::uint32_t run() {
    take(begin_);
    for (std::uint32_t words = 0; words < kLongestRun && grow(); ++words) {
    }
    return end_;
  }

 private:
  void take(std::uint32_t last) {
    for (; end_ <= last; ++end_) {
      const Token& token = tokens_[end_];
      organisation_ = organisation_ || token.in(WordClass::organisation_word);
    }
  }
  bool has(std::uint32_t i) const { return i < limit_; }
  bool capital(std::uint32_t i) const {
    if (!has(i) || !is_capital_word(tokens_[i])) return false;
    const Token& word = tokens_[i];
    if (!word.in(WordClass::function_word)) return true;
    const bool initial = word.text.size() == 2 && word.text.ends_with('.');  // "James A. Hale"
    return (initial && i > begin_) || is_given_word(i);
  }
  // "Rep. Will Hale"
  bool is_given_word(std::uint32_t i) const {
    const Token& word = tokens_[i];
    if (!word.in(NameRole::given_word) && !word.in(NameRole::given_month)) return false;
    const Token* before = i > begin_ ? &tokens_[i - 1] : nullptr;
    if (before != nullptr && before->is(".") && i > begin_ + 1) before = &tokens_[i - 2];
    return before != nullptr && before->in(WordClass::title) && has(i + 1) &&
           is_capital_word(tokens_[i + 1]) && !tokens_[i + 1].in(WordClass::function_word) &&
           !tokens_[i + 1].glued;
  }
  bool grow();
  bool grow_ampersand();
  bool grow_possessive();
  bool grow_hyphen();
  bool grow_stop();
  bool grow_particles();
  bool grow_joining();
  bool grow_patronymic();
  bool holds_person() const;
  bool grow_connector();
  bool grow_titles();
  bool grow_paired_body();
  bool grow_suffix();
  bool grow_month();
  bool grow_nickname();

  const std::vector<Token>& tokens_;
  std::uint32_t begin_;
  std::uint32_t end_;
  std::uint32_t limit_;
  bool organisation_ = false;
  bool ended_ = false;      // by "Jr."
  bool connected_ = false;  // "Department of": an "and" may go on
};

bool RunReader::grow() {
  if (!has(end_) || ended_) return false;
  if (capital(end_) && !tokens_[end_].glued) {
    take(end_);
    return true;
  }
  return grow_ampersand() || grow_possessive() || grow_hyphen() || grow_stop() ||
         grow_particles() || grow_titles() || grow_paired_body() || grow_connector() ||
         grow_month() || grow_nickname() || grow_suffix();
}

// "Kamen & Sons"
bool RunReader::grow_ampersand() {
  if (!tokens_[end_].is("&") || !capital(end_ + 1)) return false;
  take(end_ + 1);
  return true;
}

// "Shippers' League"
bool RunReader::grow_possessive() {
  if (!(tokens_[end_].is("'") || tokens_[end_].is("’")) || !tokens_[end_].glued ||
      !tokens_[end_ - 1].text.ends_with('s'))
    return false;
  if (!capital(end_ + 1) || tokens_[end_ + 1].glued ||
      !tokens_[end_ + 1].in(WordClass::organisation_word))
    return false;
  take(end_ + 1);
  return true;
}

// "Jean-Claude", "Geun-hye" (the second half in lower case is part of a name only when it is no
// English word of some length).
bool RunReader::grow_hyphen() {
  if (!is_hyphen(tokens_[end_]) || !tokens_[end_].glued || !has(end_ + 1) ||
      !tokens_[end_ + 1].glued)
    return false;
  const Token& half = tokens_[end_ + 1];
  const Token& before = tokens_[end_ - 1];
  if (half.kind != TokenKind::word) return false;
  if (half.in(NameRole::title_half) && before.in(WordClass::title)) {  // "President-elect"
    take(end_ + 1);
    return true;
  }
  const bool korean =
      end_ > begin_ + 1 &&
      (half.text.size() <= 4 || (half.text.size() == 5 && !half.in(WordClass::common_word))) &&
      !before.in(WordClass::organisation_word) && tokens_[end_ - 2].in(WordClass::family_first);
  const bool given = end_ == begin_ + 1 && half.text.size() <= 5 &&
                     !half.in(WordClass::common_word) && !before.in(WordClass::common_word) &&
                     capital(end_ + 2);
  if (!half.capitalised && !korean && !given && !is_name_particle(before)) return false;
  take(end_ + 1);
  return true;
}

// The full stop of "Sen." or "St." inside a name.
bool RunReader::grow_stop() {
  if (!tokens_[end_].is(".") || !tokens_[end_].glued) return false;
  const Token& word = tokens_[end_ - 1];
  if (is_suffix(word) && word.in(WordClass::abbreviation)) {  // "Robert Kennedy Jr. said"
    take(end_);
    ended_ = true;
    return true;
  }
  if (!capital(end_ + 1)) return false;
  if (!word.in(WordClass::abbreviation) || is_suffix(word)) return false;
  if (is_unknown_title(word) && end_ == begin_ + 1 && is_given_name(tokens_[end_ + 1])) {
    take(end_ + 1);
    return true;
  }
  if (!word.in(WordClass::title) && !word.in(NameRole::place_prefix)) return false;
  take(end_ + 1);
  return true;
}

// "Jordi Puig i Ferrer", "João de Matos e Silva"; "Kumar a/l Muthu"
bool RunReader::grow_joining() {
  const Token& word = tokens_[end_];
  if (word.kind != TokenKind::word || word.capitalised || organisation_ || end_ < begin_ + 2)
    return false;
  if (word.in(NameRole::joining_particle) && is_given_name(tokens_[begin_]) && capital(end_ + 1)) {
    take(end_ + 1);
    return true;
  }
  return false;
}

// "Kumar a/l Muthu": son of Muthu
bool RunReader::grow_patronymic() {
  if (!tokens_[end_].in(NameRole::patronymic) || tokens_[end_].text.size() != 1 || !has(end_ + 2) ||
      !tokens_[end_ + 1].is("/") || !tokens_[end_ + 1].glued ||
      tokens_[end_ + 2].text.size() != 1 || !tokens_[end_ + 2].glued || !capital(end_ + 3))
    return false;
  take(end_ + 3);
  return true;
}

bool RunReader::grow_particles() {
  if (grow_joining() || grow_patronymic()) return true;
  std::uint32_t i = end_;
  while (has(i) && i < end_ + 3 && tokens_[i].kind == TokenKind::word && !tokens_[i].capitalised &&
         is_name_particle(tokens_[i])) {
    ++i;
    if (has(i + 1) && is_hyphen(tokens_[i]) && tokens_[i].glued && tokens_[i + 1].glued) ++i;
  }
  if (i == end_ || !capital(i)) return false;
  take(i);
  return true;
}

// "House Speaker Paul D. Ryan | of Wisconsin"
bool RunReader::holds_person() const {
  for (std::uint32_t i = begin_ + 1; i + 1 < end_; ++i) {
    const Token& word = tokens_[i];
    if ((word.in(WordClass::given_female) || word.in(WordClass::given_male)) &&
        !word.in(WordClass::organisation_word) && tokens_[i - 1].in(WordClass::title))
      return true;
  }
  return false;
}

// "President and CEO Tom Hale"
bool RunReader::grow_titles() {
  if (!tokens_[end_].in(NameRole::and_) || !tokens_[end_ - 1].in(WordClass::title)) return false;
  if (!capital(end_ + 1) || !tokens_[end_ + 1].in(WordClass::title)) return false;
  std::uint32_t i = end_ + 2;
  while (capital(i) && tokens_[i].in(WordClass::title)) ++i;
  const bool named = capital(i) && tokens_[i - 1].in(WordClass::title) &&
                     (is_given_name(tokens_[i]) || is_initial(tokens_[i]) ||
                      !tokens_[i].in(WordClass::common_word));
  if (!named) return false;
  take(end_ + 1);
  return true;
}

// "Ways and Means Committee": two ordinary words before the word for a body.
bool RunReader::grow_paired_body() {
  if (!tokens_[end_].in(NameRole::and_) || tokens_[end_].capitalised || !capital(end_ + 1))
    return false;
  const auto ordinary = [&](std::uint32_t i) {
    return tokens_[i].in(WordClass::common_word) && !tokens_[i].in(WordClass::title) &&
           !tokens_[i].in(WordClass::nationality) && !is_party_word(tokens_[i]) &&
           !tokens_[i].in(WordClass::organisation_word);
  };
  if (!ordinary(end_ - 1) || is_given_name(tokens_[end_ - 1]) || !ordinary(end_ + 1)) return false;
  if (!capital(end_ + 2) || !tokens_[end_ + 2].in(WordClass::organisation_word)) return false;
  take(end_ + 2);
  return true;
}

// "Department of Justice", "Secretary of the Interior Ryan Zinke", "Health and Human Services".
bool RunReader::grow_connector() {
  const Token& word = tokens_[end_];
  const bool both = word.in(NameRole::and_);
  const bool of = word.in(NameRole::of);
  if (word.capitalised || !(both || word.in(NameRole::portfolio))) return false;
  const bool after_title = tokens_[end_ - 1].in(WordClass::title) &&
                           (of || tokens_[end_ - 1].in(NameRole::portfolio_head));
  if (both ? !connected_ : !(organisation_ || after_title)) return false;
  if (!organisation_ && !of && !after_title && !both) return false;
  if (!after_title && holds_person()) return false;
  std::uint32_t i = end_ + 1;
  if (has(i) && tokens_[i].in(NameRole::the) && !both) ++i;
  if (!capital(i)) return false;
  if (both && (!tokens_[i].in(WordClass::common_word) || tokens_[i].in(WordClass::title)))
    return false;
  if (!both && !of && !tokens_[i].in(WordClass::common_word)) return false;
  if (after_title && !of && is_given_name(tokens_[i]) && capital(i + 1)) return false;
  take(i);
  connected_ = true;
  return true;
}

// Months that are family names after a given name: "Theresa May".
bool RunReader::grow_month() {
  const Token& word = tokens_[end_];
  if (!is_capital_word(word) || word.glued || !word.in(NameRole::family_month) || end_ == begin_)
    return false;
  const Token& before = tokens_[end_ - 1];
  if (!before.in(WordClass::given_female) && !before.in(WordClass::given_male)) return false;
  take(end_);
  return true;
}

// `Robert "Bobby" Scott`, `Edward (Ted) Kennedy`, `Rowan "The Oak" Hale`.
bool RunReader::grow_nickname() {
  const Token& open = tokens_[end_];
  if (open.glued || !(open.kind == TokenKind::quote || open.is("(")) || !has(end_ + 3) ||
      !is_capital_word(tokens_[end_ + 1]) || (open.is("(") && !capital(end_ + 1)))
    return false;
  std::uint32_t last = end_ + 1;
  while (!open.is("(") && last < end_ + kNicknameWords && has(last + 1) &&
         is_capital_word(tokens_[last + 1]))
    ++last;
  if (!has(last + 2)) return false;
  const Token& close = tokens_[last + 1];
  if (!close.glued || !(close.kind == TokenKind::quote || close.is(")")) || !capital(last + 2) ||
      tokens_[last + 2].glued)
    return false;
  if ((tokens_[end_ + 1].all_caps && open.is("(")) || organisation_) return false;
  take(last + 2);
  return true;
}

// ", Jr." and ", III".
bool RunReader::grow_suffix() {
  if (!tokens_[end_].is(",") || !has(end_ + 1) || !is_suffix(tokens_[end_ + 1]) || organisation_)
    return false;
  take(end_ + 1);
  return false;
}

}  // namespace

bool is_name_particle(const Token& token) {
  return token.text.size() <= kLongestParticle && token.in(NameRole::particle);
}

bool is_initial(const Token& token) {
  return token.kind == TokenKind::word && token.capitalised &&
         (token.key.size() == 1 ||
          (token.all_caps && token.text.ends_with('.') && token.key.size() <= 3));
}

bool is_suffix(const Token& token) { return token.capitalised && token.in(NameRole::suffix); }

// `"It is late," Lynch said`, `"Is it?" Lynch demanded`: after the closing mark the sentence goes
// on.
static bool follows_quotation(const TokenizedText& text, std::uint32_t mark, std::uint32_t token) {
  if (mark == 0) return false;
  if (text.tokens[mark - 1].is(",")) return true;
  const std::uint32_t next = token + 1;
  return next < text.tokens.size() && !text.tokens[next].capitalised &&
         text.tokens[next].in(WordClass::cue);
}

bool opens_sentence(const TokenizedText& text, std::uint32_t token) {
  const std::uint32_t first = text.sentences[text.tokens[token].sentence].begin;
  std::uint32_t i = token;
  while (i > first && text.tokens[i - 1].kind != TokenKind::word &&
         text.tokens[i - 1].kind != TokenKind::number && token - i < 4) {
    const bool opening = text.tokens[i].glued;  // `"Lynch` against `," Lynch`
    if (text.tokens[i - 1].kind == TokenKind::quote)
      return opening || !follows_quotation(text, i - 1, token);
    --i;
  }
  return i == first;
}

// Does what stands behind a name stand behind persons? "June Marsh said", "June Marsh, 31,"
bool person_goes_on(const TokenizedText& text, std::uint32_t i) {
  if (i + 1 >= text.tokens.size()) return false;
  const Token& next = text.tokens[i];
  const Token& after = text.tokens[i + 1];
  if (next.in(NameRole::reports)) return true;
  if (!next.is(",")) return false;
  return after.in(NameRole::relative) || after.in(NameRole::article) ||
         (after.kind == TokenKind::number && after.text.size() <= 2) ||
         (after.in(SpeechRole::determiner) && !after.in(SpeechRole::time_determiner));
}

namespace {

// "said June Marsh", "June Marsh, 31,": a month that is a given name here.
bool is_month_as_given_name(const TokenizedText& text, std::uint32_t token) {
  const auto& tokens = text.tokens;
  const bool plain = tokens[token].in(NameRole::given_word);
  if (!(plain || tokens[token].in(NameRole::given_month)) || token + 2 >= tokens.size())
    return false;
  std::uint32_t end = token + 1;
  while (end < token + kMonthNameWords && end < tokens.size() && is_capital_word(tokens[end]) &&
         !tokens[end].glued && !tokens[end].in(WordClass::function_word))
    ++end;
  if (end == token + 1 || tokens[token + 1].in(WordClass::nationality) ||
      tokens[token + 1].in(WordClass::organisation_word) ||
      tokens[token + 1].in(WordClass::title) || tokens[end - 1].in(WordClass::title))
    return false;
  const Token* before = token > 0 ? &tokens[token - 1] : nullptr;
  if (plain && before != nullptr && before->kind == TokenKind::word && !before->capitalised)
    return true;
  if (before != nullptr && before->in(NameRole::said) &&
      (token < 2 || tokens[token - 2].kind == TokenKind::quote || tokens[token - 2].is(",")))
    return true;
  if (before != nullptr && !before->capitalised && before->in(WordClass::title)) return true;
  const bool free = before == nullptr || before->kind != TokenKind::word ||
                    opens_sentence(text, token) || before->in(NameRole::and_);
  return free && person_goes_on(text, end);
}

}  // namespace

bool starts_run(const TokenizedText& text, std::uint32_t token) {
  const Token& word = text.tokens[token];
  if (word.kind != TokenKind::word) return false;
  if (!word.capitalised) {
    if (!is_name_particle(word) || token + 1 >= text.tokens.size() ||
        word.in(WordClass::function_word))
      return false;
    const Token& next = text.tokens[token + 1];
    if (is_hyphen(next) && next.glued)
      return token + 2 < text.tokens.size() && is_capital_word(text.tokens[token + 2]);
    std::uint32_t i = token + 1;
    while (i + 1 < text.tokens.size() && i < token + 3 && !text.tokens[i].capitalised &&
           is_name_particle(text.tokens[i]))
      ++i;
    const bool behind_mark = token == 0 || text.tokens[token - 1].kind != TokenKind::word;
    const bool opens = word.in(NameRole::opening_particle) ||
                       (behind_mark && word.in(NameRole::particle_behind_mark));
    return opens && is_capital_word(text.tokens[i]) && text.tokens[i].sentence == word.sentence;
  }
  if (is_month_as_given_name(text, token)) return true;
  const bool acronym = word.all_caps && word.in(WordClass::organisation_word) &&
                       !text.tokens[token == 0 ? 0 : token - 1].all_caps;  // the WHO
  if ((word.in(WordClass::function_word) && !acronym) || word.in(NameRole::first_person))
    return false;
  const bool opens = opens_sentence(text, token);
  const bool capital_next =
      token + 1 < text.tokens.size() && is_capital_word(text.tokens[token + 1]);
  if (opens && word.in(WordClass::cue) &&
      (word.in(NameRole::said) || word.in(WordClass::common_word)) && !word.in(WordClass::title))
    return false;
  if (word.glued && token > 0 &&
      (is_hyphen(text.tokens[token - 1]) || text.tokens[token - 1].is("@") ||
       text.tokens[token - 1].is("#")))
    return false;
  const bool name_like = word.in(WordClass::given_female) || word.in(WordClass::given_male) ||
                         word.in(WordClass::title) || word.in(WordClass::organisation_word) ||
                         word.in(WordClass::nationality) || word.all_caps ||
                         (word.in(WordClass::family_first) && capital_next);
  return name_like || !word.in(WordClass::common_word) || !opens;
}

std::uint32_t end_of_run(const TokenizedText& text, std::uint32_t token) {
  return RunReader(text, token).run();
}

// `"It is over," said Chairman and Chief Executive Officer Tom Hale.`: a sentence, for all its
// capitals.
static bool reports_speech(const TokenizedText& text, TokenRange paragraph) {
  if (!text.tokens[paragraph.end - 1].is(".")) return false;
  return std::any_of(text.tokens.begin() + paragraph.begin, text.tokens.begin() + paragraph.end,
                     [](const Token& t) { return !t.capitalised && t.in(NameRole::reports); });
}

bool is_heading(const TokenizedText& text, TokenRange paragraph) {
  if (paragraph.size() > kHeadingTokens || paragraph.empty()) return false;
  if (text.tokens[paragraph.end - 1].is(":")) return false;  // "And from Chairwoman Rosa Weller:"
  if (reports_speech(text, paragraph)) return false;
  if (text.tokens[paragraph.begin].sentence != text.tokens[paragraph.end - 1].sentence)
    return false;
  std::uint32_t long_words = 0;
  std::uint32_t capitals = 0;
  for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    const Token& token = text.tokens[i];
    if (token.kind != TokenKind::word || token.text.size() < 4 || i == paragraph.begin) continue;
    if (token.in(WordClass::function_word) && !token.capitalised) continue;
    ++long_words;
    capitals += token.capitalised ? 1u : 0u;
  }
  return long_words >= 3 && capitals * 10 >= long_words * 7;
}

std::uint32_t end_of_capitals(const TokenizedText& text, std::uint32_t begin) {
  const auto& tokens = text.tokens;
  if (!tokens[begin].all_caps) return begin;
  const auto sentence = tokens[begin].sentence;
  std::uint32_t words = 0;
  std::uint32_t ordinary = 0;
  bool bound = false;  // by a word of grammar
  std::uint32_t end = begin;
  for (auto i = begin; i < tokens.size() && tokens[i].sentence == sentence; ++i) {
    const Token& t = tokens[i];
    if (t.kind != TokenKind::word) {
      if (t.is(".") || t.is(":") || t.is(";")) break;
      continue;
    }
    if (!t.all_caps && t.text.size() > 1 && t.key != "'s") break;
    ++words;
    bound = bound || (t.in(WordClass::function_word) && !t.in(NameRole::country_acronym));
    ordinary += t.in(WordClass::common_word) && !t.in(WordClass::organisation_word) &&
                        !t.in(WordClass::title) && !is_given_name(t)
                    ? 1
                    : 0;
    end = i + 1;
  }
  const bool heading = words >= kCapitalsOfHeading && ordinary >= 1 && (bound || ordinary >= 2);
  return heading ? end : begin;
}

bool is_unknown_title(const Token& word) {
  return word.in(WordClass::abbreviation) && !word.in(WordClass::title) &&
         !word.in(NameRole::place_prefix) && !word.in(WordClass::function_word) &&
         !word.in(NameRole::suffix);
}

bool is_given_name(const Token& token) {
  return token.in(WordClass::given_female) || token.in(WordClass::given_male);
}

bool is_party_word(const Token& token) { return token.in(NameRole::party); }

std::uint32_t words_in(const TokenizedText& text, TokenRange run) {
  return static_cast<std::uint32_t>(
      std::count_if(text.tokens.begin() + run.begin, text.tokens.begin() + run.end,
                    [](const Token& t) { return t.kind == TokenKind::word; }));
}

TokenRange without_particles(const TokenizedText& text, TokenRange name) {
  const auto is_loose = [&](std::uint32_t i) {
    return !text.tokens[i].capitalised && is_name_particle(text.tokens[i]) &&
           !is_hyphen(text.tokens[i + 1]);
  };
  while (name.size() > 1 && is_loose(name.begin)) ++name.begin;
  return name;
}

std::uint32_t last_word_in(const TokenizedText& text, TokenRange run) {
  std::uint32_t i = run.end - 1;
  while (i > run.begin && (text.tokens[i].kind != TokenKind::word || is_suffix(text.tokens[i])))
    --i;
  return i;
}

TokenRange lower_title_before(const TokenizedText& text, std::uint32_t begin) {
  const auto& tokens = text.tokens;
  std::uint32_t i = begin;
  const std::uint32_t first =
      begin < tokens.size() ? text.sentences[tokens[begin].sentence].begin : begin;
  while (i > first && begin - i < 6 && tokens[i - 1].kind == TokenKind::word &&
         tokens[i - 1].in(WordClass::title) && !tokens[i - 1].capitalised)
    --i;
  return {i, begin};
}

bool precedes_title(const TokenizedText& text, TokenRange run) {
  const auto& tokens = text.tokens;
  return run.end + 1 < tokens.size() && tokens[run.end].in(WordClass::title) &&
         !tokens[run.end].capitalised && tokens[run.end + 1].capitalised;
}

}  // namespace dateline
