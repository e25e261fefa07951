#include "indexer/extract/speakers/quotation.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::uint32_t kFarthestSingle =
    300;  // tokens within which single quotation marks must close

// What a mark may do, by its form and the blanks beside it.
enum class Family : std::uint8_t { double_mark, single_mark, guillemet };

bool is_double(const Token& t) {
  return t.is("\"") || t.is("''") || t.is("``") || t.is("“") || t.is("”") || t.is("„") ||
         t.is("‟") || t.is("＂");
}
bool is_single(const Token& t) {
  return t.is("'") || t.is("‘") || t.is("’") || t.is("‚") || t.is("‛") || t.is("`");
}
bool is_guillemet(const Token& t) {
  return t.is("«") || t.is("»") || t.is("‹") || t.is("›") || t.is("「") || t.is("」");
}
bool only_opens(const Token& t) {
  return t.is("“") || t.is("„") || t.is("``") || t.is("«") || t.is("‹") || t.is("「") || t.is("‘");
}
bool only_closes(const Token& t) { return t.is("”") || t.is("»") || t.is("›") || t.is("」"); }

// Reads the marks of one article from left to right.
class QuotationFinder {
 public:
  explicit QuotationFinder(const TokenizedText& text) : text_(text), tokens_(text.tokens) {}

  std::vector<Quotation> run() {
    for (const auto& paragraph : text_.paragraphs) scan(paragraph);
    return std::move(found_);
  }

 private:
  void scan(TokenRange paragraph);
  bool opens(std::uint32_t i, TokenRange paragraph) const;
  bool closes(std::uint32_t i, std::uint32_t open, TokenRange paragraph) const;
  std::uint32_t end_of_double(std::uint32_t open, TokenRange paragraph) const;
  std::uint32_t end_of_single(std::uint32_t open, TokenRange paragraph) const;
  void add(std::uint32_t begin, std::uint32_t end, bool closed, TokenRange paragraph);
  bool glued_after(std::uint32_t i, TokenRange paragraph) const {
    return i + 1 < paragraph.end && tokens_[i + 1].glued;
  }

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  std::vector<Quotation> found_;
  std::uint32_t reopens_in_ = ~0u;  // paragraph that may carry on an unclosed quotation
};

// An opening mark clings to the word after it and not to the one before; brackets and dashes may
// stand before it.
bool QuotationFinder::opens(std::uint32_t i, TokenRange paragraph) const {
  const Token& mark = tokens_[i];
  if (only_closes(mark)) return false;
  if (i + 1 >= paragraph.end) return false;
  if (only_opens(mark) && !is_single(mark)) return true;
  const bool after_gap = i == paragraph.begin || !mark.glued ||
                         tokens_[i - 1].kind == TokenKind::punctuation ||
                         tokens_[i - 1].kind == TokenKind::quote;
  const bool before_word = glued_after(i, paragraph) || (is_double(mark) && i == paragraph.begin);
  if (is_single(mark)) {
    const bool word_follows = before_word && tokens_[i + 1].kind != TokenKind::punctuation;
    return word_follows && (i == paragraph.begin || !mark.glued || tokens_[i - 1].is("(") ||
                            tokens_[i - 1].is("—"));
  }
  if (i > paragraph.begin && mark.glued && (tokens_[i - 1].is(",") || tokens_[i - 1].is(".")))
    return before_word && !mark.is("”");
  return after_gap && (before_word || !mark.glued);
}

// A closing mark clings to what is before it, or is all alone between blanks.
bool QuotationFinder::closes(std::uint32_t i, std::uint32_t open, TokenRange paragraph) const {
  const Token& mark = tokens_[i];
  if (i == open + 1 || !is_double(mark)) return false;
  if (mark.is("“") || mark.is("„") || mark.is("``"))
    return mark.glued && !glued_after(i, paragraph);
  if (mark.is("”")) return true;
  return mark.glued || !glued_after(i, paragraph);
}

// The token after the closing mark; 0 when there is none.
std::uint32_t QuotationFinder::end_of_double(std::uint32_t open, TokenRange paragraph) const {
  for (std::uint32_t i = open + 1; i < paragraph.end; ++i) {
    if (tokens_[i].kind != TokenKind::quote) continue;
    if (closes(i, open, paragraph)) return i + 1;
    if (tokens_[i].is("“") && tokens_[open].is("“")) return 0;
  }
  return 0;
}

// Single marks close before a blank or punctuation; after an s ("the workers' plan") only when no
// better one follows.
std::uint32_t QuotationFinder::end_of_single(std::uint32_t open, TokenRange paragraph) const {
  const std::uint32_t limit = std::min(paragraph.end, open + kFarthestSingle);
  std::uint32_t doubtful = 0;
  for (std::uint32_t i = open + 2; i < limit; ++i) {
    const Token& mark = tokens_[i];
    if (mark.kind != TokenKind::quote) continue;
    if (is_double(mark) && !mark.glued) {  // a quotation inside: ‘He said, “Go.” We went.’
      const std::uint32_t end = end_of_double(i, paragraph);
      if (end == 0 || end >= limit) return doubtful;
      i = end - 1;
      continue;
    }
    if (!is_single(mark) || mark.is("‘") || !mark.glued ||
        (glued_after(i, paragraph) && tokens_[i + 1].kind == TokenKind::word))
      continue;
    const bool after_stop = tokens_[i - 1].kind == TokenKind::punctuation;
    const bool possessive = !after_stop && tokens_[i - 1].text.ends_with('s') &&
                            i + 1 < paragraph.end && tokens_[i + 1].kind == TokenKind::word;
    if (!possessive) return i + 1;
    if (doubtful == 0) doubtful = i + 1;
  }
  return doubtful;
}

void QuotationFinder::add(std::uint32_t begin, std::uint32_t end, bool closed,
                          TokenRange paragraph) {
  const std::uint32_t number = tokens_[begin].paragraph;
  const bool continues = begin == paragraph.begin && number == reopens_in_;
  found_.push_back({.tokens = {begin, end},
                    .span = text_.span_of({begin, end}),
                    .closed = closed,
                    .continues = continues});
  reopens_in_ = closed ? ~0u : number + 1;
}

void QuotationFinder::scan(TokenRange paragraph) {
  for (std::uint32_t i = paragraph.begin; i < paragraph.end;) {
    const Token& mark = tokens_[i];
    if (mark.kind != TokenKind::quote || !opens(i, paragraph)) {
      ++i;
      continue;
    }
    std::uint32_t end = 0;
    if (is_single(mark)) {
      end = end_of_single(i, paragraph);
      if (end == 0) {  // an apostrophe: 'em, the '90s
        ++i;
        continue;
      }
    } else if (is_guillemet(mark)) {
      for (std::uint32_t k = i + 1; k < paragraph.end && end == 0; ++k) {
        if (is_guillemet(tokens_[k]) && only_closes(tokens_[k])) end = k + 1;
      }
    } else {
      end = end_of_double(i, paragraph);
      if (end != 0 && end < paragraph.end && is_single(tokens_[end]) && tokens_[end].glued &&
          !glued_after(end, paragraph))
        ++end;  // ''the word 'old,'''
    }
    const bool closed = end != 0;
    if (!closed) {
      end = paragraph.end;
      for (std::uint32_t k = i + 1; k < paragraph.end; ++k) {
        if (tokens_[k].is("“")) {
          end = k;
          break;
        }
      }
    }
    add(i, end, closed || end != paragraph.end, paragraph);
    i = end;
  }
}

}  // namespace

std::vector<Quotation> find_quotations(const TokenizedText& text) {
  return QuotationFinder(text).run();
}

}  // namespace dateline
