// Which verbs and nouns report speech, and in which forms do they stand in a text?
//
// data/en/cues.tsv has one row a lemma: `say TAB clause TAB said` makes the cues say, said, saying
// and says. Forms that English makes by rule are made by rule; a row gives the others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// What may stand beside a cue as the thing said. One cue may have several.
enum class Frame : std::uint8_t {
  clause,     // said (that) talks would resume
  that,       // signalled that talks would resume: with "that" or a quotation only
  tell,       // told reporters (that) talks would resume
  ask,        // asked whether talks would resume
  to,         // vowed to resume talks
  object,     // condemned the attack
  quote,      // smiled: only beside quotation marks
  as,         // called the talks "useful", described them as "useful"
  point,      // pointed out that talks resumed
  according,  // according to
  noun,       // not a frame: the form is a noun as well (claims, an order, the remarks)
};

// One form of a verb.
struct Cue {
  std::string form;           // "said"
  std::string lemma;          // "say"
  std::uint16_t frames = 0;   // bits by Frame
  bool past_is_base = false;  // "read", "put": the base form is a past form too
  bool has(Frame frame) const { return (frames >> static_cast<unsigned>(frame) & 1u) != 0; }
  bool has_only(Frame frame) const { return frames == 1u << static_cast<unsigned>(frame); }
};

// Throws Error naming the file and the offending word.
std::vector<Cue> read_cues(const std::filesystem::path& file);

// The forms that English makes by rule: admire, admired; stop, stopped, stopping; deny, denies.
std::string regular_past(std::string_view lemma);
std::string regular_participle(std::string_view lemma);
std::string regular_third_person(std::string_view lemma);

}  // namespace dateline
