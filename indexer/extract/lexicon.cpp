#include "indexer/extract/lexicon.h"

#include <fmt/format.h>

#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/extract/tsv.h"

namespace dateline {

Lexicon Lexicon::load(const std::filesystem::path& data) {
  Lexicon lexicon;
  lexicon.add_cues(data / "en/cues.tsv");
  lexicon.add_speech_words(data / "en/speech_words.tsv");
  lexicon.add_titles(data / "en/titles.tsv");
  lexicon.add_list(data / "en/given_names_female.tsv", WordClass::given_female);
  lexicon.add_list(data / "en/given_names_male.tsv", WordClass::given_male);
  lexicon.add_list(data / "en/organisation_words.tsv", WordClass::organisation_word);
  lexicon.add_list(data / "en/nationalities.tsv", WordClass::nationality);
  lexicon.add_list(data / "en/abbreviations.tsv", WordClass::abbreviation);
  lexicon.add_list(data / "en/common_words.tsv", WordClass::common_word);
  lexicon.add_list(data / "en/function_words.tsv", WordClass::function_word);
  lexicon.add_list(data / "en/family_names_first.tsv", WordClass::family_first);
  lexicon.add_name_words(data / "en/name_words.tsv");
  lexicon.nicknames_ = Nicknames::load(data / "en/nicknames.tsv");
  lexicon.title_forms_ = Nicknames::load(data / "en/title_forms.tsv");
  lexicon.add_date_words(data / "en/dates/words.tsv");
  lexicon.add_country_words(data / "en/country_words.tsv");
  return lexicon;
}

const WordEntry* Lexicon::find(std::string_view key) const {
  const auto found = words_.find(key);
  return found == words_.end() ? nullptr : &found->second;
}

void Lexicon::add_list(const std::filesystem::path& file, WordClass list) {
  read_tsv(file, 1,
           [&](std::span<const std::string_view> row) { words_[fold(row[0])].classes.add(list); });
}

void Lexicon::add_name_words(const std::filesystem::path& file) {
  read_name_words(file,
                  [&](std::string_view word, NameRole role) { words_[fold(word)].name.add(role); });
}

// A title may tell the gender of who bears it.
void Lexicon::add_titles(const std::filesystem::path& file) {
  read_tsv(file, 1, [&](std::span<const std::string_view> row) {
    auto& entry = words_[fold(row[0])];
    entry.classes.add(WordClass::title);
    const auto gender = row.size() > 1 ? row[1] : std::string_view{};
    if (gender == "female")
      entry.speech.add(SpeechRole::female);
    else if (gender == "male")
      entry.speech.add(SpeechRole::male);
    else if (!gender.empty())
      throw Error(fmt::format("{}: \"{}\" is no gender of a title (of \"{}\")", file.string(),
                              gender, row[0]));
  });
}

void Lexicon::add_date_words(const std::filesystem::path& file) {
  read_tsv(file, 2, [&](std::span<const std::string_view> row) {
    if (fold(row[0]) != row[0]) throw BadRow{fmt::format("\"{}\" is not in lower case", row[0])};
    words_[std::string(row[0])].date = parse_date_word(row[1], row.size() > 2 ? row[2] : "");
  });
}

void Lexicon::add_cues(const std::filesystem::path& file) {
  cues_ = read_cues(file);
  for (std::size_t i = 0; i < cues_.size(); ++i) {
    auto& entry = words_[fold(cues_[i].form)];
    entry.classes.add(WordClass::cue);
    entry.row = static_cast<std::uint16_t>(i);
  }
}

void Lexicon::add_country_words(const std::filesystem::path& file) {
  read_tsv(file, 2, [&](std::span<const std::string_view> row) {
    if (row[1].size() != 2) throw BadRow{fmt::format("\"{}\" is no code of a country", row[1])};
    words_[fold(row[0])].country = row[1];
  });
}

void Lexicon::add_speech_words(const std::filesystem::path& file) {
  read_speech_words(
      file, [&](std::string_view word, SpeechRole role) { words_[fold(word)].speech.add(role); });
}

}  // namespace dateline
