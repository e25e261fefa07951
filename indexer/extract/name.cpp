#include "indexer/extract/name.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "indexer/extract/name_run.h"

namespace dateline {
namespace {

constexpr std::uint32_t kLongestPerson = 6;  // words

bool is_given(const Token& t) { return t.in(WordClass::given_female) || t.in(WordClass::given_male); }
bool is_word(const Token& t) { return t.kind == TokenKind::word; }

// Titles that stand before a bare surname and make it a person's: "President Bush", "Mr. Young".
bool is_strong_title(const Token& t) {
  static constexpr std::array<std::string_view, 44> kStrong = {
      "mr",       "mrs",     "ms",       "miss",    "dr",       "sir",         "dame",       "lord",      "lady",     "president", "senator",
      "sen",      "sens",    "rep",      "reps",    "gov",      "governor",    "congressman", "congresswoman", "secretary", "minister", "premier",
      "chancellor", "mayor", "gen",      "general", "col",      "colonel",     "lt",         "capt",      "captain",  "sgt",       "sergeant",
      "maj",      "rev",     "reverend", "pope",    "prof",     "professor",   "ambassador", "justice",   "judge",    "sheriff",   "detective"};
  return std::ranges::find(kStrong, t.key) != kStrong.end();
}

// Short forms in capitals that name no body.
bool is_plain_acronym(const Token& t) {
  static constexpr std::array<std::string_view, 36> kPlain = {"us",  "uk",  "uae",  "ussr", "tv",  "am", "pm",  "dc", "ok",  "iq", "id",  "dna",
                                                              "aids", "hiv", "covid", "suv", "gdp", "cv", "dvd", "pc", "ufo", "ad", "bc", "est",
                                                              "gmt", "pst", "edt", "usa",  "la",  "ny", "nyc", "vp", "ceo", "faq", "ap", "ii"};
  return std::ranges::find(kPlain, t.key) != kPlain.end();
}

// "Kent County", "Marshall Islands": no person, whatever the first word.
bool is_place_noun(const Token& t) {
  static constexpr std::array<std::string_view, 40> kNouns = {
      "county", "island", "islands", "lake",  "river",  "mountain", "mountains", "valley", "beach",   "street",    "avenue", "road",    "boulevard",
      "hill",   "hills",  "park",    "bay",   "city",   "town",     "village",   "bridge", "airport", "station",   "square", "stadium", "tower",
      "hotel",  "house",  "hall",    "plaza", "palace", "day",      "act",       "award",  "prize",   "cup",       "treaty", "springs", "heights",
      "falls"};
  return std::ranges::find(kNouns, t.key) != kNouns.end();
}
bool is_party_word(const Token& t) {
  static constexpr std::array<std::string_view, 8> kParties = {"republican", "democrat", "democratic", "libertarian", "conservative", "republicans", "democrats", "independent"};
  return std::ranges::find(kParties, t.key) != kParties.end();
}

// "PolitiFact", "YouTube": names of firms.
bool is_camel(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool upper = text[i] >= 'A' && text[i] <= 'Z';
    const bool lower_beside = text[i - 1] >= 'a' && text[i - 1] <= 'z' && text[i + 1] >= 'a' && text[i + 1] <= 'z';
    if (upper && lower_beside && !text.starts_with("Mc") && !text.starts_with("Mac") && !text.starts_with("De")) return true;
  }
  return false;
}

// Finds names in the order: running text, then bare surnames and headings, which only known persons explain.
class NameFinder {
 public:
  NameFinder(const TokenizedText& text, const Gazetteer& gazetteer) : text_(text), tokens_(text.tokens), gazetteer_(gazetteer) {}

  std::vector<NameMention> run();

 private:
  void scan(TokenRange paragraph);
  void classify(TokenRange run);
  bool titled_person(TokenRange run);
  std::optional<std::uint32_t> person_after_title(std::uint32_t title, std::uint32_t end) const;
  bool person_by_given_name(TokenRange run);
  bool person_by_context(TokenRange run) const;
  bool split_at_given_name(TokenRange run);
  bool stands_as_body(TokenRange run) const;
  void add(TokenRange name, TokenRange title, NameType type);
  bool is_part_of_person(TokenRange run) const;
  void settle_by_surname();
  void settle_unknown();
  void read_headings();
  bool precedes_title(TokenRange run) const;
  bool speaks(TokenRange run) const;
  bool labels_speech(TokenRange run) const;
  bool may_be_called(TokenRange run) const;
  bool is_great_place(const Token& name) const;
  void find_openers();
  void find_known(TokenRange paragraph);
  bool has_organisation_word(TokenRange run) const;
  bool given_at(std::uint32_t i, std::uint32_t end) const;
  std::uint32_t words(TokenRange run) const;
  TokenRange lower_title_before(std::uint32_t begin) const;
  std::uint32_t last_word(TokenRange run) const;

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  const Gazetteer& gazetteer_;
  std::vector<NameMention> found_;
  std::vector<TokenRange> headings_;
  std::unordered_set<std::string_view> surnames_;
  std::unordered_map<std::string_view, std::string_view> given_of_;  // first word of a full name -> its last word
};

std::uint32_t NameFinder::words(TokenRange run) const {
  return static_cast<std::uint32_t>(std::count_if(tokens_.begin() + run.begin, tokens_.begin() + run.end, is_word));
}

std::uint32_t NameFinder::last_word(TokenRange run) const {
  std::uint32_t i = run.end - 1;
  while (i > run.begin && (!is_word(tokens_[i]) || is_suffix(tokens_[i]))) --i;
  return i;
}

bool NameFinder::has_organisation_word(TokenRange run) const {
  for (std::uint32_t i = run.begin; i < run.end; ++i) {
    if (tokens_[i].is("&")) return true;
    const bool half_of_name = tokens_[i].glued && i > run.begin && tokens_[i - 1].is("-");  // Carter-Banks
    if (tokens_[i].capitalised && tokens_[i].in(WordClass::organisation_word) && !half_of_name) return true;
  }
  return false;
}

// Lower-case titles directly before: "spokeswoman Maria Zakharova", "former president Bill Clinton".
TokenRange NameFinder::lower_title_before(std::uint32_t begin) const {
  std::uint32_t i = begin;
  const std::uint32_t first = begin < tokens_.size() ? text_.sentences[tokens_[begin].sentence].begin : begin;
  while (i > first && begin - i < 6 && is_word(tokens_[i - 1]) && tokens_[i - 1].in(WordClass::title) && !tokens_[i - 1].capitalised) --i;
  return {i, begin};
}

void NameFinder::add(TokenRange name, TokenRange title, NameType type) {
  if (name.empty()) return;
  if (type == NameType::person) {
    if (title.empty()) title = lower_title_before(name.begin);
    const std::uint32_t last = last_word(name);
    if (words(name) >= 2 || !title.empty()) surnames_.insert(tokens_[last].key);
    if (words(name) == 3 && name.size() == 3) {  // "Inés Quispe Tarazona ... Quispe said": the first of two family names
      const Token& middle = tokens_[name.begin + 1];
      if (!is_given(middle) && !is_initial(middle) && middle.capitalised && is_given(tokens_[name.begin])) surnames_.insert(middle.key);
    }
    if (words(name) >= 2 && is_word(tokens_[name.begin])) given_of_.emplace(tokens_[name.begin].key, tokens_[last].key);
  }
  found_.push_back({.tokens = name, .title = title, .type = type});
}

bool NameFinder::given_at(std::uint32_t i, std::uint32_t end) const {
  const Token& t = tokens_[i];
  if (i + 1 >= end) return false;
  if (is_given(t)) return true;
  if (is_initial(t) && is_word(tokens_[i + 1]) && (is_initial(tokens_[i + 1]) || tokens_[i + 1].text.size() > 2)) return t.text.ends_with('.');
  return t.in(WordClass::family_first) && end - i >= 2 && !tokens_[i + 1].in(WordClass::common_word);
}

// Where the person's name begins after the title at `title`: "Secretary of State | Antony Blinken", "President | Bush".
std::optional<std::uint32_t> NameFinder::person_after_title(std::uint32_t title, std::uint32_t end) const {
  std::uint32_t i = title + 1;
  while (i < end && !is_word(tokens_[i])) ++i;
  if (i >= end) return std::nullopt;
  const bool portfolio = tokens_[i].key == "of" || tokens_[i].key == "for" || tokens_[i].key == "on";
  if (!portfolio) {
    if (has_organisation_word({i, end}) || words({i, end}) > kLongestPerson) return std::nullopt;
    const bool plain = tokens_[i].in(WordClass::common_word) && !is_given(tokens_[i]);
    if (plain && !is_strong_title(tokens_[title])) return std::nullopt;
    if (!is_given(tokens_[i]) && !is_initial(tokens_[i])) {  // "Miss Universe | Alicia Machado"
      for (std::uint32_t k = i + 1; k + 1 < end; ++k) {
        if (is_given(tokens_[k]) && tokens_[i].in(WordClass::common_word)) return k;
      }
    }
    return i;
  }
  for (std::uint32_t k = i + 1; k < end; ++k) {
    if (given_at(k, end) && !has_organisation_word({k, end})) return k;
  }
  std::uint32_t k = i + 1;  // "Secretary of State Blinken": ordinary words are the portfolio
  while (k < end && (!tokens_[k].capitalised || tokens_[k].in(WordClass::common_word) || tokens_[k].in(WordClass::organisation_word))) ++k;
  return k > i + 1 && k < end ? std::optional(k) : std::nullopt;
}

bool NameFinder::titled_person(TokenRange run) {
  for (std::uint32_t i = run.end; i-- > run.begin;) {
    const Token& t = tokens_[i];
    if (!is_word(t) || !t.capitalised || !t.in(WordClass::title)) continue;
    if (i + 1 == run.end && i > run.begin && is_given(tokens_[i - 1]) && !tokens_[i - 1].in(WordClass::title)) continue;  // Howard Dean, Larry King
    const auto name = person_after_title(i, run.end);
    if (!name) continue;
    add({*name, run.end}, {run.begin, *name}, NameType::person);
    return true;
  }
  return false;
}

bool NameFinder::person_by_given_name(TokenRange run) {
  const std::uint32_t n = words(run);
  if (n < 2 || n > kLongestPerson || !given_at(run.begin, run.end) || has_organisation_word(run)) return false;
  if (is_suffix(tokens_[run.end - 1]) && n == 2) return false;
  const Token& last = tokens_[last_word(run)];
  if (is_place_noun(last) || is_party_word(last)) return false;
  add(run, {}, NameType::person);
  return true;
}

// "Rival Ted Cruz", "Texas Republican Ted Cruz": a given name later in the run.
bool NameFinder::split_at_given_name(TokenRange run) {
  for (std::uint32_t i = run.begin + 1; i + 1 < run.end; ++i) {
    const Token& before = tokens_[i - 1];
    if (!is_word(tokens_[i]) || !given_at(i, run.end) || has_organisation_word({i, run.end})) continue;
    if (!before.in(WordClass::common_word) && !before.in(WordClass::nationality) && !before.in(WordClass::organisation_word)) continue;
    if (is_given(before)) continue;
    add({i, run.end}, {run.begin, i}, NameType::person);
    return true;
  }
  return false;
}

// "L2 president Bruce Willsie", "former Vermont governor Howard Dean": the name says of what the one named next is the head.
bool NameFinder::precedes_title(TokenRange run) const {
  return run.end + 1 < tokens_.size() && tokens_[run.end].in(WordClass::title) && !tokens_[run.end].capitalised && tokens_[run.end + 1].capitalised;
}

// Is what stands around the run what stands around persons? "X Y, 45,", "X Y, who", "X Y said", "actor X Y".
bool NameFinder::person_by_context(TokenRange run) const {
  const auto n = words(run);
  if (n > 4 || has_organisation_word(run) || precedes_title(run)) return false;
  if (!lower_title_before(run.begin).empty()) return true;
  const auto at = [&](std::uint32_t i) -> const Token* { return i < tokens_.size() ? &tokens_[i] : nullptr; };
  const Token* next = at(run.end);
  const Token* after = at(run.end + 1);
  if (next == nullptr || after == nullptr) return false;
  if (n < 2) return false;
  if (next->is(",") && (after->key == "who" || after->key == "whose")) return true;
  if (next->is(",") && after->kind == TokenKind::number && after->text.size() <= 2 && at(run.end + 2) != nullptr && at(run.end + 2)->is(",")) return true;
  if (tokens_[last_word(run)].in(WordClass::common_word)) return false;  // "Oceania Relief said"
  if (next->key == "said" || next->key == "says" || next->key == "told") return true;
  if (next->is(",") && (after->key == "a" || after->key == "an" || after->key == "the")) {
    for (std::uint32_t i = run.end + 2; i < run.end + 9 && i < tokens_.size() && (is_word(tokens_[i]) || tokens_[i].is("-")); ++i) {
      if ((tokens_[i].in(WordClass::title) && !tokens_[i].capitalised) || tokens_[i].key == "who") return true;
    }
  }
  return false;
}

// "the US State Department", "the U.N. Security Council": the country or union belongs to the body's name.
bool is_country_acronym(const Token& token) {
  return token.all_caps && (token.key == "us" || token.key == "uk" || token.key == "un" || token.key == "eu");
}

// "the insurance group Nordhaven", "Operator Emajoe Tramways" at a sentence's start; "Norvane, which"
bool NameFinder::stands_as_body(TokenRange run) const {
  static constexpr std::array<std::string_view, 34> kNouns = {
      "group",     "firm",     "company",    "operator",   "publisher", "chain",    "maker",   "carrier", "airline",  "lender",  "insurer", "broker",
      "retailer",  "developer", "start-up",  "startup",    "bank",      "charity",  "union",   "club",    "newspaper", "network", "supplier", "manufacturer",
      "brewer",    "brokerage", "consultancy", "wholesaler", "utility",  "magazine", "website", "label",   "studio",   "giant"};
  if (run.end + 1 < tokens_.size() && tokens_[run.end].is(",") && tokens_[run.end + 1].key == "which") return gazetteer_.find_name(slice(text_.text(), text_.span_of(run))).empty();
  return run.begin > 0 && std::ranges::find(kNouns, tokens_[run.begin - 1].key) != kNouns.end();
}

void NameFinder::classify(TokenRange run) {
  while (!run.empty() && !is_word(tokens_[run.begin])) ++run.begin;
  while (!run.empty() && !is_word(tokens_[run.end - 1]) && !tokens_[run.end - 1].text.ends_with('.')) --run.end;
  if (run.empty()) return;
  while (run.size() > 1 && tokens_[run.begin].in(WordClass::nationality) && !has_organisation_word(run)) ++run.begin;
  if (titled_person(run)) return;
  if (person_by_given_name(run)) return;
  const Token& first = tokens_[run.begin];
  if (!has_organisation_word(run)) {
    if (split_at_given_name(run)) return;
    if (stands_as_body(run)) return add(run, {}, NameType::organisation);
    if (person_by_context(run)) return add(run, {}, NameType::person);
    return add(run, {}, NameType::unknown);
  }
  if (split_at_given_name(run)) return;
  if (run.size() == 1 && first.in(WordClass::common_word) && !first.all_caps && opens_sentence(text_, run.begin)) return;
  if (run.size() > 1 && run.begin > 0 && is_country_acronym(tokens_[run.begin - 1])) --run.begin;
  add(run, {}, NameType::organisation);
}

void NameFinder::scan(TokenRange paragraph) {
  for (std::uint32_t i = paragraph.begin; i < paragraph.end;) {
    if (!starts_run(text_, i)) {
      ++i;
      continue;
    }
    const std::uint32_t end = end_of_run(text_, i);
    classify({i, end});
    i = end;
  }
}

// Single words that a full name of the article explains are persons; short forms in capitals are organisations.
bool NameFinder::speaks(TokenRange run) const {
  const auto is_said = [&](std::uint32_t i) { return i < tokens_.size() && (tokens_[i].key == "said" || tokens_[i].key == "says" || tokens_[i].key == "told"); };
  if (precedes_title(run)) return false;
  std::uint32_t before = run.begin;
  if (before > 0 && tokens_[before - 1].key == "the") --before;
  const bool accords = before > 1 && tokens_[before - 1].key == "to" && tokens_[before - 2].key == "according";
  return accords || is_said(run.end) || (run.begin > 1 && tokens_[run.begin - 1].key == "said" && tokens_[run.begin - 2].kind == TokenKind::quote);
}

// "WALLACE: You said that ..." at the start of a paragraph.
bool NameFinder::labels_speech(TokenRange run) const {
  const auto begin = text_.paragraphs[tokens_[run.begin].paragraph].begin;
  const bool opens = run.begin == begin || (run.begin == begin + 1 && tokens_[begin].kind == TokenKind::quote);
  return opens && run.end < tokens_.size() && tokens_[run.end].is(":") && tokens_[run.begin].key.size() > 2 &&
         !tokens_[run.begin].in(WordClass::common_word);
}

// A country, a region or a large city, which speaks for its government: "Washington said", "Kenya said".
bool NameFinder::is_great_place(const Token& name) const {
  constexpr std::uint32_t kLarge = 300'000;  // inhabitants
  return std::ranges::any_of(gazetteer_.find_name(name.text), [&](const NameSense& sense) {
    const auto& place = gazetteer_[sense.place];
    return sense.main_name && (place.kind == PlaceKind::country || place.population >= kLarge);
  });
}

// Full names of headings whose surname the text carries on: "Donald Trump Visits" above "Trump arrived".
void NameFinder::read_headings() {
  std::unordered_set<std::string_view> bare;
  for (const auto& mention : found_) {
    if (mention.tokens.size() == 1) bare.insert(tokens_[mention.tokens.begin].key);
  }
  for (const auto& heading : headings_) {
    for (auto i = heading.begin; i + 1 < heading.end; ++i) {
      const Token& given = tokens_[i];
      const Token& family = tokens_[i + 1];
      if (!is_word(given) || !given.capitalised || !is_given(given) || !is_word(family) || !family.capitalised || !bare.contains(family.key)) continue;
      if (family.in(WordClass::function_word) || family.in(WordClass::organisation_word)) continue;
      surnames_.insert(family.key);
      given_of_.emplace(given.key, family.key);
    }
  }
}

// Neither a place nor a group of people: "Aides said", "Republicans said", "Ukrainian said".
bool NameFinder::may_be_called(TokenRange run) const {
  const Token& first = tokens_[run.begin];
  const Token& last = tokens_[last_word(run)];
  if (!gazetteer_.find_name(slice(text_.text(), text_.span_of(run))).empty()) return false;
  for (const Token* word : {&first, &last}) {
    if (word->in(WordClass::nationality) || word->in(WordClass::title) || is_party_word(*word)) return false;
  }
  if (!last.in(WordClass::common_word) || words(run) > 1) return true;
  return !opens_sentence(text_, run.begin) && tokens_[run.begin - 1].key != "the" && tokens_[run.begin - 1].key != "to";  // "To wit, Trump told"
}

// "Lyudmila Sorokina ... Sorokina said": whoever speaks by the last word of an unknown name is that person.
void NameFinder::settle_by_surname() {
  std::unordered_set<std::string_view> speaking;
  for (const auto& mention : found_) {
    if (mention.type == NameType::unknown && words(mention.tokens) == 1 && speaks(mention.tokens) && may_be_called(mention.tokens)) {
      speaking.insert(tokens_[mention.tokens.begin].key);
    }
  }
  for (auto& mention : found_) {
    const auto last = last_word(mention.tokens);
    if (mention.type != NameType::unknown || words(mention.tokens) < 2 || words(mention.tokens) > 3 || !speaking.contains(tokens_[last].key)) continue;
    if (tokens_[mention.tokens.begin].in(WordClass::common_word) || tokens_[mention.tokens.begin].all_caps) continue;
    mention.type = NameType::person;
    surnames_.insert(tokens_[last].key);
  }
}

// "Quispe" or "Inés" after "Inés Quispe Tarazona"; "Inés said" without her family name.
bool NameFinder::is_part_of_person(TokenRange run) const {
  const Token& word = tokens_[run.begin];
  if (surnames_.contains(word.key) && !is_party_word(word)) return true;
  if (given_of_.contains(word.key) && (is_given(word) || !word.in(WordClass::common_word))) return true;
  return is_given(word) && speaks(run) && !is_great_place(word);
}

void NameFinder::settle_unknown() {
  settle_by_surname();
  for (auto& mention : found_) {
    if (mention.type != NameType::unknown) continue;
    const Token& last = tokens_[last_word(mention.tokens)];
    const Token& first = tokens_[mention.tokens.begin];
    const bool single = words(mention.tokens) == 1;
    if (single && is_part_of_person(mention.tokens)) mention.type = NameType::person;
    else if (!single && surnames_.contains(last.key) && words(mention.tokens) <= 3 && !first.in(WordClass::common_word)) mention.type = NameType::person;
    else if (single && first.all_caps && labels_speech(mention.tokens)) mention.type = NameType::person;
    else if (single && first.all_caps && first.key.size() <= 6 && !is_plain_acronym(first)) mention.type = NameType::organisation;
    else if (speaks(mention.tokens) && may_be_called(mention.tokens)) mention.type = single && !is_camel(first.text) ? NameType::person : NameType::organisation;
    if (mention.type == NameType::person && mention.title.empty()) mention.title = lower_title_before(mention.tokens.begin);
  }
  std::erase_if(found_, [&](const NameMention& m) {
    const Token& first = tokens_[m.tokens.begin];
    return m.type == NameType::unknown && m.tokens.size() == 1 && first.in(WordClass::common_word) && !is_given(first) && opens_sentence(text_, m.tokens.begin);
  });
}

// An ordinary word that opens a sentence names a person when a full name of the article ends in it: "Young said".
void NameFinder::find_openers() {
  std::unordered_set<std::uint32_t> taken;
  for (const auto& mention : found_) taken.insert(mention.tokens.begin);
  for (const auto& sentence : text_.sentences) {
    std::uint32_t i = sentence.begin;
    while (i < sentence.end && i < sentence.begin + 3 && !is_word(tokens_[i])) ++i;
    if (i >= sentence.end || !is_word(tokens_[i]) || !tokens_[i].capitalised || taken.contains(i)) continue;
    if (!tokens_[i].in(WordClass::common_word) || tokens_[i].in(WordClass::function_word) || !surnames_.contains(tokens_[i].key)) continue;
    if (!is_heading(text_, text_.paragraphs[tokens_[i].paragraph])) found_.push_back({.tokens = {i, i + 1}, .title = {i, i}, .type = NameType::person});
  }
}

// In headings only the article's own persons count.
void NameFinder::find_known(TokenRange paragraph) {
  for (std::uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
    const Token& word = tokens_[i];
    if (!is_word(word) || !word.capitalised || !surnames_.contains(word.key)) continue;
    if (word.in(WordClass::function_word)) continue;
    std::uint32_t begin = i;
    if (i > paragraph.begin) {
      const auto full = given_of_.find(tokens_[i - 1].key);
      const bool free = found_.empty() || found_.back().tokens.end <= i - 1 || found_.back().tokens.begin >= i;
      if (free && full != given_of_.end() && full->second == word.key) begin = i - 1;
    }
    found_.push_back({.tokens = {begin, i + 1}, .title = {begin, begin}, .type = NameType::person});
  }
}

std::vector<NameMention> NameFinder::run() {
  for (const auto& paragraph : text_.paragraphs) {
    if (is_heading(text_, paragraph)) headings_.push_back(paragraph);
    else scan(paragraph);
  }
  read_headings();
  settle_unknown();
  find_openers();
  for (const auto& heading : headings_) find_known(heading);
  std::ranges::sort(found_, {}, [](const NameMention& m) { return m.tokens.begin; });
  return std::move(found_);
}

}  // namespace

std::vector<NameMention> find_names(const TokenizedText& text, const Gazetteer& gazetteer) {
  return NameFinder(text, gazetteer).run();
}

}  // namespace dateline
