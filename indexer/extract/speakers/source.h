// Which words beside a cue name who speaks?
//
// "Maria Zakharova, a spokeswoman for the ministry, | said": the name before the apposition. "|
// said a man in the crowd": a description. The words are found by their neighbours, without parsing
// the sentence.
#pragma once

#include <optional>

#include "indexer/extract/speakers/discourse.h"

namespace dateline {

enum class SourceKind : std::uint8_t { named, pronoun, described };

struct Source {
  TokenRange tokens;  // "Maria Zakharova", "he", "a man"
  SourceKind kind = SourceKind::described;
  std::uint32_t mention = kNone;  // of a named one
};

struct FoundSource {
  Source source;
  std::uint32_t begin =
      0;  // first token of subject and auxiliaries: what is before it may be content
  std::uint32_t end = 0;  // one past the last token of source and cue
};

// "quoted" of "quoted Lind as saying", before the cue "saying"; absent in the passive.
std::optional<std::uint32_t> quoting_verb(const Discourse& d, const Unit& unit, std::uint32_t cue);

// The subject before the cue; absent when the cue is no finite verb of its own ("was told", "the
// claims").
std::optional<FoundSource> source_before(const Discourse& d, const Unit& unit, std::uint32_t cue);

}  // namespace dateline
