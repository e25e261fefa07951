#include "indexer/extract/speakers/labelled_speech.h"

namespace dateline {
namespace {

bool is_long_dash(const Token& t) {
  return t.is("—") || t.is("–") || t.is("―") || t.is("--") || t.is("-");
}

bool in_capitals(const Discourse& d, TokenRange name) {
  for (auto i = name.begin; i < name.end; ++i) {
    if (d.token(i).kind == TokenKind::word && !d.token(i).all_caps) return false;
  }
  return true;
}

bool has_quotation(const Discourse& d, TokenRange range) {
  for (auto i = range.begin; i < range.end; ++i) {
    if (d.quoted(i)) return true;
  }
  return false;
}

std::uint32_t mention_at(const Discourse& d, std::uint32_t i) {
  return d.name_at[i] != kNone ? d.name_at[i] : d.title_at[i];
}

}  // namespace

std::optional<Label> label_of(const Discourse& d, std::uint32_t unit) {
  const Unit& u = d.units[unit];
  const TokenRange paragraph = d.text.paragraphs[u.paragraph];
  if (u.tokens.begin != paragraph.begin) return std::nullopt;
  std::uint32_t i = paragraph.begin;
  if (d.token(i).kind == TokenKind::quote && ++i == paragraph.end) return std::nullopt;
  const auto mention = mention_at(d, i);
  if (mention == kNone) return std::nullopt;
  const TokenRange name = d.names[mention].tokens;
  if (name.end + 1 >= paragraph.end || !d.token(name.end).is(":")) return std::nullopt;
  const TokenRange content{name.end + 1, paragraph.end};
  if (u.heading ? !has_quotation(d, content) : !in_capitals(d, name)) return std::nullopt;
  Label label{mention, content, unit + 1};
  while (label.next_unit < d.units.size() && d.units[label.next_unit].paragraph == u.paragraph)
    ++label.next_unit;
  return label;
}

std::optional<std::uint32_t> signer_of(const Discourse& d, const Quotation& quotation) {
  const std::uint32_t end = d.text.paragraphs[d.token(quotation.tokens.begin).paragraph].end;
  std::uint32_t i = quotation.tokens.end;
  if (i < end && (d.token(i).is(".") || d.token(i).is(","))) ++i;
  if (i + 1 >= end || !is_long_dash(d.token(i))) return std::nullopt;
  const auto mention = mention_at(d, i + 1);
  if (mention == kNone) return std::nullopt;
  const auto after = d.names[mention].tokens.end;
  if (after < end && d.token(after).kind == TokenKind::word && !d.token(after).capitalised)
    return std::nullopt;  // "— Lind said it in"
  return mention;
}

}  // namespace dateline
