#include "indexer/extract/places/dateline.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kLongestDateline = 16;  // tokens
constexpr std::size_t kParagraphsTried = 3;

bool is_dash(const Token& token) {
  return token.is("-") || token.is("\u2013") || token.is("\u2014");
}

// What may stand in a dateline besides capitalised words.
bool fits_dateline(const Token& token, const PlaceWords& words) {
  if (token.kind == TokenKind::number) return true;
  if (token.kind == TokenKind::word)
    return token.capitalised || words.find(token).has(PlaceRole::in_dateline);
  return token.is(",") || token.is(".") || token.is("(") || token.is(")") || token.is("/") ||
         token.is("'");
}

TokenRange dateline_of(const std::vector<Token>& tokens, TokenRange paragraph,
                       const PlaceWords& words) {
  const std::uint32_t limit = std::min(paragraph.end, paragraph.begin + kLongestDateline);
  if (paragraph.empty() || !tokens[paragraph.begin].capitalised) return {};
  bool marked =
      tokens[paragraph.begin]
          .all_caps;  // capitals, an agency in brackets or a date: a dash alone is no proof
  for (std::uint32_t i = paragraph.begin; i < limit; ++i) {
    const Token& t = tokens[i];
    const bool spaced_dash =
        is_dash(t) && !t.glued && (i + 1 >= paragraph.end || !tokens[i + 1].glued || !t.is("-"));
    const bool doubled = is_dash(t) && i + 1 < paragraph.end && is_dash(tokens[i + 1]);
    if (i > paragraph.begin &&
        (spaced_dash || doubled || t.is("\u2014") || (is_dash(t) && tokens[i - 1].is(")")))) {
      return marked ? TokenRange{paragraph.begin, i} : TokenRange{};
    }
    if (!fits_dateline(t, words)) return {};
    marked = marked || t.is("(") || (t.kind == TokenKind::number && t.text.size() <= 2);
  }
  return {};
}

}  // namespace

TokenRange find_dateline(const TokenizedText& text, const PlaceWords& words) {
  for (std::size_t p = 0; p < std::min(text.paragraphs.size(), kParagraphsTried); ++p) {
    const auto found = dateline_of(text.tokens, text.paragraphs[p], words);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace dateline
