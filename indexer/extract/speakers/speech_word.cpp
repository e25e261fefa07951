#include "indexer/extract/speakers/speech_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/error.h"
#include "indexer/extract/token.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

constexpr std::size_t kShortestAdverb = 5;  // letters of an adverb in -ly: "early", no "fly"
constexpr std::size_t kShortestPlural = 3;

// In the order of SpeechRole.
constexpr std::array<std::string_view, kSpeechRoles> kRoles = {"auxiliary",
                                                               "be",
                                                               "modal",
                                                               "catenative",
                                                               "going",
                                                               "lasting",
                                                               "said",
                                                               "saying",
                                                               "quoted",
                                                               "verb_prelude",
                                                               "subject_pronoun",
                                                               "third_person",
                                                               "source_pronoun",
                                                               "male_pronoun",
                                                               "female_pronoun",
                                                               "neuter_pronoun",
                                                               "clause_subject",
                                                               "hearer",
                                                               "relative",
                                                               "possessive_relative",
                                                               "determiner",
                                                               "definite_article",
                                                               "genitive",
                                                               "plural",
                                                               "deputy",
                                                               "body",
                                                               "compared",
                                                               "female",
                                                               "male",
                                                               "weekday",
                                                               "time_noun",
                                                               "time_determiner",
                                                               "time_adverb",
                                                               "time_after_cue",
                                                               "adverb",
                                                               "not_adverb",
                                                               "preposition",
                                                               "companion",
                                                               "likeness",
                                                               "of",
                                                               "infinitive",
                                                               "that",
                                                               "and",
                                                               "as",
                                                               "coordinator",
                                                               "conjunction",
                                                               "complementiser",
                                                               "clause_break",
                                                               "noun_phrase_end",
                                                               "apposition_opener",
                                                               "clause_refused",
                                                               "next_clause",
                                                               "before_participle",
                                                               "particle",
                                                               "after_cue",
                                                               "setting",
                                                               "document",
                                                               "sender",
                                                               "question",
                                                               "answer",
                                                               "flies",
                                                               "other_one",
                                                               "negation",
                                                               "air"};

}  // namespace

void read_speech_words(const std::filesystem::path& file,
                       const std::function<void(std::string_view word, SpeechRole role)>& take) {
  read_tsv(file, 2,
           [&](std::span<const std::string_view> row) {
             const auto found = std::ranges::find(kRoles, row[1]);
             if (found == kRoles.end())
               throw Error(fmt::format("{}: \"{}\" is no role of a word (of \"{}\")", file.string(),
                                       row[1], row[0]));
             take(row[0], static_cast<SpeechRole>(found - kRoles.begin()));
           },
           {.key_columns = 2});
}

bool is_participle(const Token& t) { return t.key.ends_with("ing"); }

bool ends_in_ed(const Token& t) { return t.key.ends_with("ed"); }

bool is_past(const Token& t) { return ends_in_ed(t) || t.in(SpeechRole::said); }

bool is_adverb(const Token& t) {
  if (t.in(SpeechRole::adverb)) return true;
  return t.key.size() >= kShortestAdverb && t.key.ends_with("ly") && !t.capitalised &&
         !t.in(SpeechRole::not_adverb);
}

bool is_preposition(const Token& t) { return t.in(SpeechRole::preposition); }

bool is_time_word(const Token& t) {
  return t.in(SpeechRole::weekday) || t.in(SpeechRole::time_noun);
}

bool is_plural(const Token& t) {
  return (t.key.size() >= kShortestPlural && t.key.ends_with("s") && !t.key.ends_with("ss")) ||
         t.in(SpeechRole::plural);
}

}  // namespace dateline
