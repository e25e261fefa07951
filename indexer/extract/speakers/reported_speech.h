// What does one outer sentence report, and who is made to say it?
//
// `Lind said the plan was dead, adding that "nobody wants it."` holds two statements of one source:
// cue "said" with the content "the plan was dead", cue "adding" with "that "nobody wants it."".
#pragma once

#include <vector>

#include "indexer/extract/speakers/noun_phrase.h"

namespace dateline {

struct Statement {
  Source source;
  std::uint32_t cue = 0;             // token; its text is what the record shows
  std::uint32_t begin = 0;           // first token of source and cue
  std::uint32_t end = 0;             // one past their last
  std::vector<TokenRange> contents;  // in text order; empty when the cue reports nothing here
  bool inherited = false;            // the source is that of the statement before ("and added")
};

// In text order of the cues, those without content included.
std::vector<Statement> find_statements(const Discourse& d, const Unit& unit);

}  // namespace dateline
