#include "indexer/extract/speakers/discourse.h"

#include "indexer/extract/names/name_run.h"

namespace dateline {
namespace {

constexpr std::uint32_t kCueReach =
    8;  // tokens after `"Why?"` within which "Smith asked" still belongs to the question

// Is the boundary before `token` inside a quotation, or between `"Why?"` and "Smith asked"?
bool boundary_inside(const Discourse& d, std::uint32_t token, std::uint32_t end) {
  const auto quotation = d.quotation_at[token];
  if (quotation != kNone && d.quotations[quotation].tokens.begin < token) return true;
  const auto before = d.quotation_at[token - 1];
  if (before == kNone || d.quotations[before].tokens.end != token || quotation != kNone ||
      token < 2)
    return false;
  std::uint32_t last = token - 2;  // inside the mark, and inside a mark within it: `?'"`
  while (last > 0 && d.token(last).kind == TokenKind::quote) --last;
  const Token& stop = d.token(last);
  if (!stop.is("?") && !stop.is("!") && !stop.is("…") && !stop.text.starts_with("..")) return false;
  for (std::uint32_t i = token; i < end && i < token + kCueReach && !d.quoted(i); ++i) {
    if (d.token(i).is(",") || d.token(i).is(".") || d.token(i).is(":")) return false;
    if (const Cue* cue = d.cue(i);
        cue != nullptr && (cue->has(Frame::clause) || cue->has(Frame::ask) ||
                           cue->has(Frame::tell) || cue->has(Frame::that)))
      return i + 1 >= end || !d.token(i + 1).is(":");  // `"Why?" Lind answered: "It
  }
  return false;
}

void split_units(Discourse& d) {
  for (std::uint32_t p = 0; p < d.text.paragraphs.size(); ++p) {
    const auto paragraph = d.text.paragraphs[p];
    if (paragraph.empty()) continue;
    const bool heading = is_heading(d.text, paragraph);
    std::uint32_t begin = paragraph.begin;
    for (auto s = d.token(paragraph.begin).sentence + 1;
         s < d.text.sentences.size() && d.text.sentences[s].begin < paragraph.end; ++s) {
      const auto start = d.text.sentences[s].begin;
      if (boundary_inside(d, start, d.text.sentences[s].end)) continue;
      d.units.push_back({{begin, start}, p, heading});
      begin = start;
    }
    d.units.push_back({{begin, paragraph.end}, p, heading});
  }
}

}  // namespace

Discourse make_discourse(const TokenizedText& text, const std::vector<Quotation>& quotations,
                         const std::vector<NameMention>& names, const Entities& entities,
                         const Lexicon& lexicon) {
  const auto size = text.tokens.size();
  Discourse d{text,
              quotations,
              names,
              entities,
              lexicon,
              std::vector(size, kNone),
              std::vector(size, kNone),
              std::vector(size, kNone),
              {}};
  for (std::uint32_t q = 0; q < quotations.size(); ++q) {
    for (auto i = quotations[q].tokens.begin; i < quotations[q].tokens.end; ++i)
      d.quotation_at[i] = q;
  }
  for (std::uint32_t n = 0; n < names.size(); ++n) {
    for (auto i = names[n].tokens.begin; i < names[n].tokens.end; ++i) {
      d.name_at[i] = n;
      const auto q = d.quotation_at[i];  // a nickname between marks is no quotation
      if (q != kNone && quotations[q].tokens.begin > names[n].tokens.begin &&
          quotations[q].tokens.end < names[n].tokens.end)
        d.quotation_at[i] = kNone;
    }
    for (auto i = names[n].title.begin; i < names[n].title.end; ++i) d.title_at[i] = n;
  }
  split_units(d);
  return d;
}

}  // namespace dateline
