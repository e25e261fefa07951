#include "indexer/extract/speakers/labelled_speech.h"

namespace dateline {
namespace {

constexpr std::uint32_t kFewestLabels = 3;  // paragraphs of an interview
constexpr std::uint32_t kRepeated = 2;
constexpr std::uint32_t kLabelWords = 4;
constexpr std::uint32_t kFirstOfText = 1;  // the paragraph after the headline

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

Labels::Labels(const Discourse& d) : d_(d) {
  for (std::uint32_t p = 0; p < d.text.paragraphs.size(); ++p) {
    const TokenRange words = words_of(p);
    if (words.empty()) continue;
    ++times_[slice(d.text.text(), d.text.span_of(words))];
    ++labelled_;
  }
  if (labelled_ >= kFewestLabels) interviewee_ = interviewee();
}

// "Mara Lind" of a paragraph "Mara Lind: I left."; empty without a label.
TokenRange Labels::words_of(std::uint32_t paragraph) const {
  const TokenRange range = d_.text.paragraphs[paragraph];
  for (std::uint32_t i = range.begin; i < range.end && i <= range.begin + kLabelWords; ++i) {
    const Token& t = d_.token(i);
    if (t.is(":") && i + 1 < range.end) return {range.begin, i};
    if (!(t.kind == TokenKind::word && t.capitalised) && !t.is(".")) break;
  }
  return {range.begin, range.begin};
}

std::uint32_t Labels::times(TokenRange words) const {
  const auto found = times_.find(slice(d_.text.text(), d_.text.span_of(words)));
  return found == times_.end() ? 0 : found->second;
}

bool Labels::asks_or_answers(std::uint32_t token, SpeechRole role) const {
  const TokenRange words = words_of(d_.token(token).paragraph);
  return labelled_ >= kFewestLabels && words.size() == 1 && times(words) >= kRepeated &&
         d_.token(words.begin).in(role);
}

// The one person who is named outside of questions and answers.
std::uint32_t Labels::interviewee() const {
  std::uint32_t found = kNone;
  for (std::uint32_t n = 0; n < d_.names.size(); ++n) {
    if (d_.names[n].type != NameType::person ||
        !words_of(d_.token(d_.names[n].tokens.begin).paragraph).empty())
      continue;
    const auto entity = d_.entities.of_mention[n];
    if (found != kNone && found != entity) return kNone;
    found = entity;
  }
  return found;
}

// A headline's needs a quotation; the only one of a text that goes on without is a dateline,
// "LINDI: It is late"; one in small letters comes again.
bool Labels::is_label(const Unit& unit, std::uint32_t mention, TokenRange content) const {
  const TokenRange name = d_.names[mention].tokens;
  const TokenRange words = words_of(unit.paragraph);
  const bool comes_again =
      !words.empty() && times(words) >= kRepeated && labelled_ >= kFewestLabels;
  if (comes_again && d_.names[mention].type != NameType::unknown) return true;
  if (unit.heading) return has_quotation(d_, content);
  const bool dateline = unit.paragraph == kFirstOfText && labelled_ == 1 &&
                        d_.text.paragraphs.size() > kFirstOfText + 1;
  return in_capitals(d_, name) && !dateline;
}

std::optional<Label> Labels::at(std::uint32_t unit) const {
  const Unit& u = d_.units[unit];
  const TokenRange paragraph = d_.text.paragraphs[u.paragraph];
  if (u.tokens.begin != paragraph.begin) return std::nullopt;
  Label label{.mention = kNone, .entity = kNone, .content = {}, .next_unit = unit + 1};
  while (label.next_unit < d_.units.size() && d_.units[label.next_unit].paragraph == u.paragraph)
    ++label.next_unit;
  const bool answers = asks_or_answers(paragraph.begin, SpeechRole::answer);
  if (answers || asks_or_answers(paragraph.begin, SpeechRole::question)) {
    label.content = {paragraph.begin + 2, paragraph.end};
    if (answers) label.entity = interviewee_;
    return label;
  }
  std::uint32_t i = paragraph.begin;
  if (d_.token(i).kind == TokenKind::quote && ++i == paragraph.end) return std::nullopt;
  label.mention = mention_at(d_, i);
  if (label.mention == kNone) return std::nullopt;
  const TokenRange name = d_.names[label.mention].tokens;
  if (name.end + 1 >= paragraph.end || !d_.token(name.end).is(":")) return std::nullopt;
  label.content = {name.end + 1, paragraph.end};
  if (!is_label(u, label.mention, label.content)) return std::nullopt;
  const auto entity = d_.entities.of_mention[label.mention];
  if (d_.entities.list[entity].type != NameType::unknown) label.entity = entity;
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
