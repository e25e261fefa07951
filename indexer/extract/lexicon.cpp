#include "indexer/extract/lexicon.h"

#include "common/unicode.h"
#include "indexer/extract/tsv.h"

namespace dateline {

Lexicon Lexicon::load(const std::filesystem::path& data) {
  Lexicon lexicon;
  lexicon.add_cues(data / "cues.tsv");
  lexicon.add_list(data / "titles.tsv", WordClass::title);
  lexicon.add_list(data / "given_names_female.tsv", WordClass::given_female);
  lexicon.add_list(data / "given_names_male.tsv", WordClass::given_male);
  lexicon.add_list(data / "organisation_words.tsv", WordClass::organisation_word);
  lexicon.add_list(data / "nationalities.tsv", WordClass::nationality);
  lexicon.add_list(data / "abbreviations.tsv", WordClass::abbreviation);
  lexicon.add_list(data / "common_words.tsv", WordClass::common_word);
  return lexicon;
}

const WordEntry* Lexicon::find(std::string_view key) const {
  const auto found = words_.find(key);
  return found == words_.end() ? nullptr : &found->second;
}

void Lexicon::add_list(const std::filesystem::path& file, WordClass list) {
  read_tsv(file, 1, [&](std::span<const std::string_view> row) { words_[fold(row[0])].classes.add(list); });
}

void Lexicon::add_cues(const std::filesystem::path& file) {
  read_tsv(file, 3, [&](std::span<const std::string_view> row) {
    auto& entry = words_[fold(row[0])];
    entry.classes.add(WordClass::cue);
    entry.row = static_cast<std::uint16_t>(cues_.size());
    cues_.push_back({std::string(row[0]), std::string(row[1]), std::string(row[2])});
  });
}

}  // namespace dateline
