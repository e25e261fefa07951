// What does a word do beside a cue: open the source, end it, join two verbs, mean a man or a woman?
//
// data/en/speech_words.tsv lists words by the roles below; a word may have several, one row each.
// The rules of this folder ask `token.in(SpeechRole::determiner)` and hold no words themselves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

namespace dateline {

enum class SpeechRole : std::uint8_t {
  // verbs
  auxiliary,     // has, was, will, 's: between the source and its cue
  be,            // is, were: makes the cue passive
  modal,         // must, will
  catenative,    // "continued to say", "on to say"
  going,         // "went on to say"
  lasting,       // "coordination must continue": is no cue after a modal
  said,          // a past form without -ed that begins a statement of its own
  saying,        // "was quoted as saying"
  quoted,        // "was quoted as", "was cited as"
  verb_prelude,  // "and has said": between what joins two cues and the second cue
  // pronouns
  subject_pronoun,      // he, who, it: may be the subject of a cue
  third_person,         // he, she, they
  source_pronoun,       // he, her: may stand after a cue or "according to"
  male_pronoun,         // he, him
  female_pronoun,       // she, her
  neuter_pronoun,       // it
  clause_subject,       // "said on Monday he would": begins what is said
  hearer,               // "told them", "told reporters"
  relative,             // who, which
  possessive_relative,  // whose
  // nouns and what belongs to them
  determiner,        // the, his, many: begins a noun phrase
  definite_article,  // the
  genitive,          // 's
  plural,            // people, police: a plural that does not end in -s
  deputy,            // vice: makes another title of the title after it
  body,              // "the company": the organisation named last
  compared,          // "the younger Lind": not the one the article is about
  female,            // woman: tells the gender of whom it is said; of titles, titles.tsv tells it
  male,              // man
  // time
  weekday,          // Monday
  time_noun,        // week, today: "Lind last week said"
  time_determiner,  // last, on: before one of them
  time_adverb,      // earlier, later: likewise
  time_after_cue,   // "said last night the plan was dead"
  // adverbs
  adverb,      // also, once: may stand between source and cue, besides those in -ly
  not_adverb,  // family, July: ends in -ly and is none
  // words that join and part
  preposition,        // of, for
  companion,          // with: "Lind, together with Ek, said" has a subject after it
  likeness,           // like: "Lind like others said" does not go on with the name
  of,                 // of
  infinitive,         // to
  that,               // that
  and_,               // and
  as,                 // as
  coordinator,        // and, but: joins two cues of one source
  conjunction,        // and, while: ends the statement before it
  complementiser,     // that, whether, why: begins what is said
  clause_break,       // because, which: a description or a source does not reach over it
  noun_phrase_end,    // who, when: ends a description after a cue
  apposition_opener,  // former, citing: after a comma, goes with the name before the comma
  clause_refused,     // up, because, was: no statement without "that" begins with it
  next_clause,        // "said in Oslo, adding": what comes after the comma is not what was said
  before_participle,  // "before adding"
  particle,           // "pointed out"
  after_cue,          // "The plan is dead, Lind said after": nothing that is said
  setting,            // "Asked of the plan, Lind said": no statement before the comma
  // what speaks for somebody
  document,  // statement: "a statement from Lind said" is Lind's
  sender,    // from, by: before whose document it is
  // layout
  question,  // Q: "Q: Why?" is asked by nobody the article names
  answer,    // A: "A: It was late." is said by whom the article is about
  // bodies
  flies,      // airline: the body is one of those whose names say air
  other_one,  // another: "Lind, another nurse, said" tells of a person
  negation,   // never: "never said the word" reports nothing
  air,        // Air, Airlines: in the names of those
};

inline constexpr unsigned kSpeechRoles = static_cast<unsigned>(SpeechRole::air) + 1;

class SpeechRoles {
 public:
  constexpr bool has(SpeechRole role) const {
    return (bits_ >> static_cast<unsigned>(role) & 1u) != 0;
  }
  constexpr void add(SpeechRole role) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(role); }

 private:
  static_assert(kSpeechRoles <= 64);
  std::uint64_t bits_ = 0;
};

// Calls `take` for each row. Throws Error naming the file and the offending word.
void read_speech_words(const std::filesystem::path& file,
                       const std::function<void(std::string_view word, SpeechRole role)>& take);

struct Token;

// What English grammar shows in a word's end or the roles it has.
bool is_participle(const Token& token);   // adding
bool ends_in_ed(const Token& token);      // added
bool is_past(const Token& token);         // added, said
bool is_adverb(const Token& token);       // also, quietly
bool is_preposition(const Token& token);  // of
bool is_time_word(const Token& token);    // Monday, week
bool is_plural(const Token& token);       // critics, people

}  // namespace dateline
