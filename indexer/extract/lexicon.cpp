#include "indexer/extract/lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

constexpr std::array<std::string_view, 11> kFrames = {
    "clause", "that", "tell", "ask", "to", "object", "quote", "as", "point", "according", "noun"};

// "clause,to" -> bits by Frame.
std::uint16_t parse_frames(std::string_view cell, const std::filesystem::path& file) {
  unsigned frames = 0;
  while (!cell.empty()) {
    const auto name = cell.substr(0, cell.find(','));
    const auto found = std::ranges::find(kFrames, name);
    if (found == kFrames.end())
      throw Error(fmt::format("{}: \"{}\" is no frame of a cue", file.string(), name));
    frames |= 1u << static_cast<unsigned>(found - kFrames.begin());
    cell.remove_prefix(std::min(name.size() + 1, cell.size()));
  }
  return static_cast<std::uint16_t>(frames);
}

}  // namespace

Lexicon Lexicon::load(const std::filesystem::path& data) {
  Lexicon lexicon;
  lexicon.add_cues(data / "en/cues.tsv");
  lexicon.add_list(data / "en/titles.tsv", WordClass::title);
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
  lexicon.add_date_words(data / "en/dates/words.tsv");
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

void Lexicon::add_cues(const std::filesystem::path& file) {
  read_tsv(file, 3, [&](std::span<const std::string_view> row) {
    auto& entry = words_[fold(row[0])];
    entry.classes.add(WordClass::cue);
    entry.row = static_cast<std::uint16_t>(cues_.size());
    cues_.push_back({std::string(row[0]), std::string(row[1]), parse_frames(row[2], file)});
  });
}

void Lexicon::add_date_words(const std::filesystem::path& file) {
  read_tsv(file, 2, [&](std::span<const std::string_view> row) {
    if (fold(row[0]) != row[0]) throw BadRow{fmt::format("\"{}\" is not in lower case", row[0])};
    words_[std::string(row[0])].date = parse_date_word(row[1], row.size() > 2 ? row[2] : "");
  });
}

}  // namespace dateline
