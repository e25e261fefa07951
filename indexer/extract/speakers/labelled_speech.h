// Speech attributed by layout instead of a cue: transcripts, signed quotations, headlines.
//
// `LIND: We met twice.` in an interview; `“It took years.” — Anna Lind` under a picture; `Lind:
// 'Talks are over'` as a headline; `Q: Why?`, `A: It was late.`
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "indexer/extract/speakers/discourse.h"

namespace dateline {

struct Label {
  std::uint32_t mention = kNone;  // the name before the colon; kNone for Q and A
  std::uint32_t entity = kNone;   // who speaks; kNone for the one who asks
  TokenRange content;             // to the end of the paragraph
  std::uint32_t next_unit = 0;    // the first one after it
};

// The labels that open the paragraphs of one article. The Discourse must outlive it.
class Labels {
 public:
  explicit Labels(const Discourse& d);

  // The label that opens the paragraph which `unit` begins.
  std::optional<Label> at(std::uint32_t unit) const;

 private:
  TokenRange words_of(std::uint32_t paragraph) const;
  std::uint32_t times(TokenRange words) const;
  bool asks_or_answers(std::uint32_t token, SpeechRole role) const;
  std::uint32_t interviewee() const;
  bool is_label(const Unit& unit, std::uint32_t mention, TokenRange content) const;

  const Discourse& d_;
  std::map<std::string_view, std::uint32_t> times_;  // words of a label -> paragraphs it opens
  std::uint32_t labelled_ = 0;                       // paragraphs
  std::uint32_t interviewee_ = kNone;                // entity that "A:" means
};

// The name after the dash behind a quotation.
std::optional<std::uint32_t> signer_of(const Discourse& d, const Quotation& quotation);

}  // namespace dateline
