// Where in the article does a token stand: inside which quotation, which name, which outer
// sentence?
//
// `"We won. It is over," said Lind.` is one outer sentence: full stops inside quotation marks end
// none.
#pragma once

#include <cstdint>
#include <vector>

#include "indexer/extract/speakers/coreference.h"
#include "indexer/extract/speakers/quotation.h"

namespace dateline {

constexpr std::uint32_t kNone = ~0u;

// An outer sentence.
struct Unit {
  TokenRange tokens;
  std::uint32_t paragraph = 0;
  bool heading = false;
};

// Views into what the earlier stages found, and per token what covers it. All referred to must
// outlive it.
struct Discourse {
  const TokenizedText& text;
  const std::vector<Quotation>& quotations;
  const std::vector<NameMention>& names;
  const Entities& entities;
  const Lexicon& lexicon;
  std::vector<std::uint32_t> quotation_at;  // of each token, kNone outside
  std::vector<std::uint32_t> name_at;       // of each token, kNone outside
  std::vector<std::uint32_t> title_at;  // the name whose title the token belongs to, kNone outside
  std::vector<Unit> units;

  const Token& token(std::uint32_t i) const { return text.tokens[i]; }
  bool quoted(std::uint32_t i) const { return quotation_at[i] != kNone; }
  const Cue* cue(std::uint32_t i) const {
    const auto& t = text.tokens[i];
    return t.in(WordClass::cue) ? &lexicon.cues()[t.entry->row] : nullptr;
  }
};

Discourse make_discourse(const TokenizedText& text, const std::vector<Quotation>& quotations,
                         const std::vector<NameMention>& names, const Entities& entities,
                         const Lexicon& lexicon);

}  // namespace dateline
