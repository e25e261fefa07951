#include "indexer/extract/names/name_settling.h"

#include <algorithm>
#include <string>

#include "indexer/extract/names/name_run.h"

namespace dateline {
namespace {

constexpr std::uint32_t kDatelineTokens = 8;  // "SYDNEY, Feb 3 (AP) -" before the first name
constexpr std::uint32_t kAppositionWords = 10;
constexpr std::uint32_t kSentencesOn = 2;  // from "Norwave" to "the airline"

bool is_word(const Token& t) { return t.kind == TokenKind::word; }

// "PolitiFact", "YouTube": names of firms.
bool is_camel(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool upper = text[i] >= 'A' && text[i] <= 'Z';
    const bool lower_beside =
        text[i - 1] >= 'a' && text[i - 1] <= 'z' && text[i + 1] >= 'a' && text[i + 1] <= 'z';
    if (upper && lower_beside && !text.starts_with("Mc") && !text.starts_with("Mac") &&
        !text.starts_with("De"))
      return true;
  }
  return false;
}

// Goes over the mentions again with all that the article says of its persons.
class NameSettler {
 public:
  NameSettler(const TokenizedText& text, const Gazetteer& gazetteer,
              const std::vector<TokenRange>& headings, KnownPersons known,
              std::vector<NameMention> found)
      : text_(text),
        tokens_(text.tokens),
        gazetteer_(gazetteer),
        headings_(headings),
        known_(std::move(known)),
        found_(std::move(found)) {}

  std::vector<NameMention> run();

 private:
  std::uint32_t begin_of_owner(std::uint32_t begin) const;
  bool speaks(TokenRange run) const;
  bool signs(TokenRange run) const;
  bool is_apposed(TokenRange run) const;
  bool modifies_person(TokenRange run) const;
  bool is_followed_by_its(TokenRange run) const;
  bool announces(TokenRange run) const;
  bool is_known_surname(TokenRange run) const;
  bool is_ordinary(TokenRange run) const;
  void settle_bodies();
  bool is_called_body(std::size_t index) const;
  bool is_of_body(TokenRange run) const;
  bool labels_speech(TokenRange run) const;
  bool may_be_called(TokenRange run) const;
  bool is_great_place(const Token& name) const;
  bool is_part_of_person(TokenRange run) const;
  void settle_by_surname();
  void settle_unknown();
  void read_headings();
  void find_openers();
  void find_known(TokenRange paragraph);

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  const Gazetteer& gazetteer_;
  const std::vector<TokenRange>& headings_;
  KnownPersons known_;
  std::vector<NameMention> found_;
};

// Where "Lloyds Bank's" begins before a name at `begin`; `begin` when no owner stands there.
std::uint32_t NameSettler::begin_of_owner(std::uint32_t begin) const {
  if (begin < 2 || tokens_[begin - 1].key != "'s") return begin;
  std::uint32_t first = begin - 1;
  while (first > 0 && begin - first < 7 && is_word(tokens_[first - 1]) &&
         tokens_[first - 1].capitalised)
    --first;
  return first == begin - 1 ? begin : first;
}

// "The head of the centre, Tauqeer Ahsan, says"; "Lakhwinder Singh, another deportee, said"
bool NameSettler::is_apposed(TokenRange run) const {
  if (run.begin == 0 || run.end + 2 >= tokens_.size() || !tokens_[run.end].is(",")) return false;
  if (words_in(text_, run) < 2) return false;
  if (tokens_[run.begin - 1].is(",") && tokens_[run.end + 1].in(NameRole::reports)) {
    auto i = run.begin - 1;
    while (i > 0 && is_word(tokens_[i - 1]) && run.begin - i < kAppositionWords) --i;
    for (; i + 1 < run.begin; ++i) {
      if (tokens_[i].in(WordClass::title)) return true;
    }
    return false;
  }
  if (!tokens_[run.end + 1].in(SpeechRole::other_one)) return false;
  for (auto i = run.end + 2; i < run.end + kAppositionWords && i + 1 < tokens_.size(); ++i) {
    if (tokens_[i].in(NameRole::body_noun)) return false;
    if (tokens_[i].is(",")) return tokens_[i + 1].in(NameRole::reports);
  }
  return false;
}

// "said Aviator star Alan Hale": the name says of what the person is the star.
bool NameSettler::modifies_person(TokenRange run) const {
  return words_in(text_, run) == 1 && run.end + 1 < tokens_.size() && is_word(tokens_[run.end]) &&
         !tokens_[run.end].capitalised && !tokens_[run.end].in(WordClass::function_word) &&
         !tokens_[run.end].in(SpeechRole::preposition) && !is_adverb(tokens_[run.end]) &&
         is_word(tokens_[run.end + 1]) && tokens_[run.end + 1].capitalised;
}

// "Norvane said its profit", "Norvane said it expected": a body, not a person.
bool NameSettler::is_followed_by_its(TokenRange run) const {
  if (run.end + 2 >= tokens_.size() || !tokens_[run.end].in(NameRole::reports)) return false;
  const Token& next = tokens_[run.end + 1];
  const Token& verb = tokens_[run.end + 2];
  if (next.key == "its") return true;
  if (!next.in(SpeechRole::neuter_pronoun) || !is_word(verb)) return false;
  return verb.in(SpeechRole::verb_prelude) || ends_in_ed(verb);
}

// `"It is late." — Lyudmila Sorokina`
bool NameSettler::signs(TokenRange run) const {
  if (run.begin < 2) return false;
  const Token& dash = tokens_[run.begin - 1];
  if (!(dash.is("—") || dash.is("–") || dash.is("―") || dash.is("--"))) return false;
  if (tokens_[run.begin - 2].kind != TokenKind::quote) return false;
  const auto end = text_.paragraphs[tokens_[run.begin].paragraph].end;
  return run.end >= end || tokens_[run.end].is(",") ||
         (tokens_[run.end].is(".") && run.end + 1 >= end);
}

// "Sorokina said", "said Sorokina", "said Northern Bank's Sorokina", "according to Sorokina"
bool NameSettler::speaks(TokenRange run) const {
  const auto is_said = [&](std::uint32_t i) {
    return i < tokens_.size() && tokens_[i].in(NameRole::reports);
  };
  if (precedes_title(text_, run)) return false;
  std::uint32_t before = begin_of_owner(run.begin);
  if (before > 0 && tokens_[before - 1].in(NameRole::the)) --before;
  const bool said = before > 1 && tokens_[before - 1].in(NameRole::said) &&
                    tokens_[before - 2].kind == TokenKind::quote && !modifies_person(run);
  const bool accords = before > 1 && tokens_[before - 1].in(NameRole::to) &&
                       tokens_[before - 2].in(NameRole::according);
  const bool asks = before > 0 && tokens_[before - 1].in(NameRole::reports) &&
                    tokens_[before - 1].capitalised && run.end < tokens_.size() &&
                    tokens_[run.end].is(":");  // "Says Sorokina:"
  return accords || asks || is_said(run.end) || said || signs(run) || is_apposed(run);
}

// "Norvane announced", "Norvane has reported"
bool NameSettler::announces(TokenRange run) const {
  if (precedes_title(text_, run)) return false;
  auto i = run.end;
  while (i < run.end + 3 && i < tokens_.size() && is_word(tokens_[i]) &&
         (tokens_[i].in(SpeechRole::auxiliary) || is_adverb(tokens_[i])))
    ++i;
  return i < tokens_.size() && tokens_[i].in(NameRole::announces);
}

// "Norvane's shares", "Norvane shares", "Norvane, the airline"
bool NameSettler::is_of_body(TokenRange run) const {
  auto i = run.end;
  if (i >= tokens_.size()) return false;
  if (run.size() > 1 && tokens_[run.end - 1].in(SpeechRole::air)) return true;  // "Norwave Air"
  if (tokens_[i].in(SpeechRole::genitive)) ++i;
  if (i < tokens_.size() && tokens_[i].in(NameRole::of_body) && !tokens_[i].capitalised)
    return true;
  if (!tokens_[run.end].is(",") || run.end + 1 >= tokens_.size() ||
      !tokens_[run.end + 1].in(SpeechRole::determiner))
    return false;
  for (i = run.end + 2; i < run.end + 7 && i < tokens_.size() && is_word(tokens_[i]); ++i) {
    if (tokens_[i].in(SpeechRole::preposition)) return false;
    if (tokens_[i].in(NameRole::body_noun)) return true;
  }
  return false;
}

// "Norwave shut two routes. The airline said": the name opens its sentence, and the next one that
// begins with a word for a body means it.
bool NameSettler::is_called_body(std::size_t index) const {
  const TokenRange run = found_[index].tokens;
  const auto sentence = tokens_[run.begin].sentence;
  const auto first = text_.sentences[sentence].begin;
  const bool opens = run.begin == first || tokens_[run.begin - 1].kind == TokenKind::punctuation;
  if (!opens || run.begin > first + kDatelineTokens) return false;
  for (auto s = sentence + 1; s < text_.sentences.size() && s <= sentence + kSentencesOn; ++s) {
    const auto begin = text_.sentences[s].begin;
    if (begin + 1 >= tokens_.size() || !tokens_[begin].in(NameRole::the)) continue;
    if (tokens_[begin + 1].in(SpeechRole::body) && begin + 2 < tokens_.size() &&
        is_word(tokens_[begin + 2]))
      return true;
  }
  return false;
}

// An unknown name that owns shares or flights is a body wherever it stands.
void NameSettler::settle_bodies() {
  std::unordered_set<std::string> bodies;
  const auto words = [&](const NameMention& m) {
    return std::string(slice(text_.text(), text_.span_of(m.tokens)));
  };
  const auto open = [&](const NameMention& m) {
    return m.type == NameType::unknown && !is_given_name(tokens_[m.tokens.begin]) &&
           !known_.surnames.contains(tokens_[last_word_in(text_, m.tokens)].key) &&
           !tokens_[m.tokens.begin].in(WordClass::title) && !is_ordinary(m.tokens) &&
           gazetteer_.find_name(words(m)).empty();
  };
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const auto& mention = found_[i];
    if (open(mention) &&
        (is_of_body(mention.tokens) || is_called_body(i) || is_followed_by_its(mention.tokens)))
      bodies.insert(words(mention));
  }
  if (bodies.empty()) return;
  for (auto& mention : found_) {
    if (open(mention) && bodies.contains(words(mention))) mention.type = NameType::organisation;
  }
}

// "WALLACE: You said that ..." at the start of a paragraph.
bool NameSettler::labels_speech(TokenRange run) const {
  const auto begin = text_.paragraphs[tokens_[run.begin].paragraph].begin;
  const bool opens =
      run.begin == begin || (run.begin == begin + 1 && tokens_[begin].kind == TokenKind::quote);
  return opens && run.end < tokens_.size() && tokens_[run.end].is(":") &&
         tokens_[run.begin].key.size() > 2 && !tokens_[run.begin].in(WordClass::common_word);
}

// A country, a region or a large city, which speaks for its government: "Washington said", "Kenya
// said".
bool NameSettler::is_great_place(const Token& name) const {
  constexpr std::uint32_t kLarge = 300'000;  // inhabitants
  return std::ranges::any_of(gazetteer_.find_name(name.text), [&](const NameSense& sense) {
    const auto& place = gazetteer_[sense.place];
    return sense.main_name && (place.kind == PlaceKind::country || place.population >= kLarge);
  });
}

// Full names of headings whose surname the text carries on: "Donald Trump Visits" above "Trump
// arrived".
void NameSettler::read_headings() {
  std::unordered_set<std::string_view> bare;
  for (const auto& mention : found_) {
    if (mention.tokens.size() == 1) bare.insert(tokens_[mention.tokens.begin].key);
  }
  for (const auto& heading : headings_) {
    for (auto i = heading.begin; i + 1 < heading.end; ++i) {
      const Token& given = tokens_[i];
      const Token& family = tokens_[i + 1];
      if (!is_word(given) || !given.capitalised || !is_given_name(given) || !is_word(family) ||
          !family.capitalised || !bare.contains(family.key))
        continue;
      if (family.in(WordClass::function_word) || family.in(WordClass::organisation_word)) continue;
      known_.surnames.insert(family.key);
      known_.given_of.emplace(given.key, family.key);
    }
  }
}

// Neither a place nor a group of people: "Aides said", "Republicans said", "Ukrainian said".
bool NameSettler::may_be_called(TokenRange run) const {
  const Token& first = tokens_[run.begin];
  const Token& last = tokens_[last_word_in(text_, run)];
  if (!gazetteer_.find_name(slice(text_.text(), text_.span_of(run))).empty()) return false;
  for (const Token* word : {&first, &last}) {
    if (word->in(WordClass::nationality) || word->in(WordClass::title) || is_party_word(*word))
      return false;
  }
  if (!last.in(WordClass::common_word) || words_in(text_, run) > 1) return true;
  return !opens_sentence(text_, run.begin) && !tokens_[run.begin - 1].in(NameRole::the) &&
         !tokens_[run.begin - 1].in(NameRole::to);  // "To wit, Trump told"
}

// "Lyudmila Sorokina ... Sorokina said": whoever speaks by the last word of an unknown name is that
// person.
void NameSettler::settle_by_surname() {
  std::unordered_set<std::string_view> speaking;
  for (const auto& mention : found_) {
    const TokenRange name = without_particles(text_, mention.tokens);
    if (mention.type == NameType::unknown && words_in(text_, name) == 1 && speaks(mention.tokens) &&
        may_be_called(name))
      speaking.insert(tokens_[name.begin].key);
  }
  for (auto& mention : found_) {
    const auto last = last_word_in(text_, mention.tokens);
    if (mention.type != NameType::unknown || words_in(text_, mention.tokens) < 2 ||
        words_in(text_, mention.tokens) > 3 || !speaking.contains(tokens_[last].key))
      continue;
    if (tokens_[mention.tokens.begin].in(WordClass::common_word) ||
        tokens_[mention.tokens.begin].all_caps)
      continue;
    mention.type = NameType::person;
    known_.surnames.insert(tokens_[last].key);
  }
}

// "Quispe" or "Inés" after "Inés Quispe Tarazona"; "Inés said" without her family name.
bool NameSettler::is_part_of_person(TokenRange run) const {
  const Token& word = tokens_[run.begin];
  if (known_.surnames.contains(word.key) && !is_party_word(word)) return true;
  if (known_.given_of.contains(word.key) &&
      (is_given_name(word) || !word.in(WordClass::common_word)))
    return true;
  return is_given_name(word) && speaks(run) && !is_great_place(word);
}

// "Recent": no name but for its capital.
bool NameSettler::is_ordinary(TokenRange run) const {
  return words_in(text_, run) == 1 && tokens_[run.begin].in(WordClass::common_word);
}

// "Church said", after "Ana Church"
bool NameSettler::is_known_surname(TokenRange run) const {
  const Token& word = tokens_[run.begin];
  return run.size() == 1 && word.in(NameRole::surname_too) && !word.all_caps &&
         known_.surnames.contains(word.key) &&
         (run.begin == 0 || !tokens_[run.begin - 1].in(NameRole::the));
}

// Single words that a full name of the article explains are persons; short forms in capitals are
// organisations.
void NameSettler::settle_unknown() {
  settle_by_surname();
  settle_bodies();
  for (auto& mention : found_) {
    if (mention.type == NameType::organisation && is_known_surname(mention.tokens))
      mention.type = NameType::person;
    if (mention.type != NameType::unknown) continue;
    const TokenRange name = without_particles(text_, mention.tokens);
    const Token& last = tokens_[last_word_in(text_, name)];
    const Token& first = tokens_[name.begin];
    const bool single = words_in(text_, name) == 1;
    if (single && is_part_of_person(name))
      mention.type = NameType::person;
    else if (!single && known_.surnames.contains(last.key) && words_in(text_, name) <= 3 &&
             !first.in(WordClass::common_word))
      mention.type = NameType::person;
    else if (single && first.all_caps && labels_speech(mention.tokens))
      mention.type = NameType::person;
    else if (single && first.all_caps && first.key.size() <= 6 &&
             !first.in(NameRole::plain_acronym))
      mention.type = NameType::organisation;
    else if (speaks(mention.tokens) && may_be_called(mention.tokens))
      mention.type =
          (single && !is_camel(first.text)) || signs(mention.tokens) || is_apposed(mention.tokens)
              ? NameType::person
              : NameType::organisation;
    else if (announces(mention.tokens) && may_be_called(mention.tokens) && !is_given_name(first) &&
             !is_ordinary(mention.tokens) && !known_.surnames.contains(last.key))
      mention.type = NameType::organisation;
    if (mention.type == NameType::person && mention.title.empty())
      mention.title = lower_title_before(text_, mention.tokens.begin);
  }
  std::erase_if(found_, [&](const NameMention& m) {
    const Token& first = tokens_[m.tokens.begin];
    return m.type == NameType::unknown && m.tokens.size() == 1 &&
           first.in(WordClass::common_word) && !is_given_name(first) &&
           opens_sentence(text_, m.tokens.begin);
  });
}

// An ordinary word that opens a sentence names a person when a full name of the article ends in it:
// "Young said".
void NameSettler::find_openers() {
  std::unordered_set<std::uint32_t> taken;
  for (const auto& mention : found_) taken.insert(mention.tokens.begin);
  for (const auto& sentence : text_.sentences) {
    std::uint32_t i = sentence.begin;
    while (i < sentence.end && i < sentence.begin + 3 && !is_word(tokens_[i])) ++i;
    if (i >= sentence.end || !is_word(tokens_[i]) || !tokens_[i].capitalised || taken.contains(i))
      continue;
    if (!tokens_[i].in(WordClass::common_word) || tokens_[i].in(WordClass::function_word) ||
        !known_.surnames.contains(tokens_[i].key))
      continue;
    if (!is_heading(text_, text_.paragraphs[tokens_[i].paragraph]))
      found_.push_back({.tokens = {i, i + 1}, .title = {i, i}, .type = NameType::person});
  }
}

// In headings only the article's own persons count.
void NameSettler::find_known(TokenRange paragraph) {
  for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    const Token& word = tokens_[i];
    if (!is_word(word) || !word.capitalised || !known_.surnames.contains(word.key)) continue;
    if (word.in(WordClass::function_word)) continue;
    std::uint32_t begin = i;
    if (i > paragraph.begin) {
      const auto full = known_.given_of.find(tokens_[i - 1].key);
      const bool free =
          found_.empty() || found_.back().tokens.end <= i - 1 || found_.back().tokens.begin >= i;
      if (free && full != known_.given_of.end() && full->second == word.key) begin = i - 1;
    }
    found_.push_back({.tokens = {begin, i + 1}, .title = {begin, begin}, .type = NameType::person});
  }
}

std::vector<NameMention> NameSettler::run() {
  read_headings();
  settle_unknown();
  find_openers();
  for (const auto& heading : headings_) find_known(heading);
  std::ranges::sort(found_, {}, [](const NameMention& m) { return m.tokens.begin; });
  return std::move(found_);
}

}  // namespace

std::vector<NameMention> settle_names(const TokenizedText& text, const Gazetteer& gazetteer,
                                      const std::vector<TokenRange>& headings, KnownPersons known,
                                      std::vector<NameMention> found) {
  return NameSettler(text, gazetteer, headings, std::move(known), std::move(found)).run();
}

}  // namespace dateline
