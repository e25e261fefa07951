// What is known of a single word before any text is read: is it a cue, a title, a given name, an
// organisation's word?
//
// "spokeswoman" is a title, "said" a cue, "Anna" a female given name, "Ministry" a word that heads
// organisations. One look-up per token finds all lists a word is in; rules then ask
// `token.in(WordClass::cue)`. Lists live in data/*.tsv, one word a line after a header line,
// further columns as the list needs them (data/README.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/extract/dates/date_word.h"
#include "indexer/extract/names/name_word.h"
#include "indexer/extract/names/nickname.h"
#include "indexer/extract/speakers/cue.h"
#include "indexer/extract/speakers/speech_word.h"

namespace dateline {

enum class WordClass : std::uint8_t {
  cue,    // forms of verbs and nouns that report speech
  title,  // President, Mr, Sen, Dr, spokeswoman: stands before or beside a name, is none
  given_female,
  given_male,
  organisation_word,  // Ministry, Bank, University, Inc: a capitalised run that holds it names an
                      // organisation
  nationality,        // Russian, Britons: adjectives and inhabitants of places
  abbreviation,       // a full stop after it ends no sentence: Mr, Gen, Feb, Calif
  common_word,    // a word of ordinary English, in the dictionary in lower case: however, police,
                  // young
  function_word,  // grammar: articles, pronouns, prepositions, auxiliaries, days and months; never
                  // a name's first word
  family_first,   // family names of East Asia, which stand before the given name: Xi, Kim, Nguyen
};

class WordClasses {
 public:
  constexpr bool has(WordClass list) const {
    return (bits_ >> static_cast<unsigned>(list) & 1u) != 0;
  }
  constexpr void add(WordClass list) { bits_ |= 1u << static_cast<unsigned>(list); }

 private:
  std::uint32_t bits_ = 0;
};

// Owned by the Lexicon; address stable for its life.
struct WordEntry {
  WordClasses classes;
  NameRoles name;
  SpeechRoles speech;
  std::uint16_t row = 0;  // of a cue: index into Lexicon::cues()
  DateWord date;          // no kind and no roles: the word means nothing in a date
  std::string country;    // code of the country whose news the word belongs to: crore is Indian
};

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};

class Lexicon {
 public:
  // Reads the lists of the folder. Throws Error naming file and line.
  static Lexicon load(const std::filesystem::path& data);

  // nullptr when no list has the word. `key` is folded, full stops dropped.
  const WordEntry* find(std::string_view key) const;
  const std::vector<Cue>& cues() const { return cues_; }
  const Nicknames& nicknames() const { return nicknames_; }
  // "Sen." and "senator" are one title: title_forms().short_for("sen", "senator").
  const Nicknames& title_forms() const { return title_forms_; }

 private:
  void add_list(const std::filesystem::path& file, WordClass list);
  void add_titles(const std::filesystem::path& file);
  void add_cues(const std::filesystem::path& file);
  void add_name_words(const std::filesystem::path& file);
  void add_date_words(const std::filesystem::path& file);
  void add_speech_words(const std::filesystem::path& file);
  void add_country_words(const std::filesystem::path& file);

  std::unordered_map<std::string, WordEntry, KeyHash, std::equal_to<>> words_;
  std::vector<Cue> cues_;
  Nicknames nicknames_;
  Nicknames title_forms_;
};

}  // namespace dateline
