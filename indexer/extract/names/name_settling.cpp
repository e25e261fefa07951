#include "indexer/extract/names/name_settling.h"

#include <algorithm>

#include "indexer/extract/names/name_run.h"

namespace dateline {
namespace {

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

// "Sorokina said", "said Sorokina", "said Northern Bank's Sorokina", "according to Sorokina"
bool NameSettler::speaks(TokenRange run) const {
  const auto is_said = [&](std::uint32_t i) {
    return i < tokens_.size() && tokens_[i].in(NameRole::reports);
  };
  if (precedes_title(text_, run)) return false;
  std::uint32_t before = begin_of_owner(run.begin);
  if (before > 0 && tokens_[before - 1].in(NameRole::the)) --before;
  const bool said = before > 1 && tokens_[before - 1].in(NameRole::said) &&
                    tokens_[before - 2].kind == TokenKind::quote;
  const bool accords = before > 1 && tokens_[before - 1].in(NameRole::to) &&
                       tokens_[before - 2].in(NameRole::according);
  return accords || is_said(run.end) || said;
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

// Single words that a full name of the article explains are persons; short forms in capitals are
// organisations.
void NameSettler::settle_unknown() {
  settle_by_surname();
  for (auto& mention : found_) {
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
      mention.type = single && !is_camel(first.text) ? NameType::person : NameType::organisation;
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
