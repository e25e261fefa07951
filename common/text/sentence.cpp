#include "common/text/sentence.h"

#include <algorithm>
#include <string>

#include "common/text/abbreviation_table.h"
#include "common/text/function_word_table.h"
#include "common/text/title_table.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t kLongestAbbreviation = 24;  // bytes

template <class Table>
bool has(const Table& table, std::string_view word) {
  return std::ranges::binary_search(table, word);
}

bool is_word_byte(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The word that ends at `end`, its inner full stops with it, without opening marks.
std::string_view word_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < kLongestAbbreviation && is_word_byte(text[begin - 1])) --begin;
  std::string_view word = text.substr(begin, end - begin);
  while (!word.empty()) {
    const auto c = code_point_at(word, 0);
    if (is_letter(c.value) || is_digit(c.value)) break;
    word.remove_prefix(c.bytes);
  }
  return word;
}

// "U.S", "p.m": single letters with full stops between them.
bool are_initials(std::string_view word) {
  bool letter = true;
  for (std::size_t at = 0; at < word.size();) {
    const auto c = code_point_at(word, at);
    if (letter ? !is_letter(c.value) : c.value != '.') return false;
    letter = !letter;
    at += c.bytes;
  }
  return !word.empty() && !letter;
}

bool is_upper_at_first(std::string_view word) {
  return !word.empty() && is_upper(code_point_at(word, 0).value);
}

bool is_quote(char32_t c) {
  return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

// What follows the white space at `pos`; at the end of the text a sentence may always begin.
SentenceNext next_of(std::string_view text, std::size_t pos) {
  char32_t c = 0;
  while (pos < text.size()) {
    const auto point = code_point_at(text, pos);
    c = point.value;
    if (!is_space(c)) break;
    pos += point.bytes;
  }
  if (pos >= text.size()) return {.capital = true, .grammar = true};
  SentenceNext next{.capital = is_upper(c),
                    .number = is_digit(c),
                    .quote = is_quote(c),
                    .bracket = c == '(' || c == '['};
  if (!next.capital) return next;
  std::size_t end = pos;
  while (end < text.size() && is_letter(code_point_at(text, end).value))
    end += code_point_at(text, end).bytes;
  next.grammar = has(kFunctionWords, fold(text.substr(pos, end - pos)));
  return next;
}

// Before the closing marks that end at `pos`.
std::size_t before_closing_marks(std::string_view text, std::size_t pos) {
  for (;;) {
    const auto before = text.substr(0, pos);
    if (before.ends_with("\u201D") || before.ends_with("\u2019"))
      pos -= 3;
    else if (before.ends_with('"') || before.ends_with('\'') || before.ends_with(')') ||
             before.ends_with(']'))
      --pos;
    else
      return pos;
  }
}

}  // namespace

bool ends_sentence(SentenceMark mark, Shortened word, const SentenceNext& next) {
  switch (mark) {
    case SentenceMark::none:
    case SentenceMark::lone_initial:
      return false;
    case SentenceMark::ellipsis:
      return next.capital;
    case SentenceMark::initials:
      return next.capital && next.grammar;
    case SentenceMark::stop:
      break;
  }
  if (!next.capital && !next.number && !next.quote && !next.bracket) return false;
  switch (word) {
    case Shortened::nothing:
      return true;
    case Shortened::title:  // "Mr. The" does not occur, "Mrs. May" does
      return false;
    case Shortened::number:
      return !next.number;
    case Shortened::other:
      break;
  }
  return (next.capital && next.grammar) || next.quote;
}

Shortened shortened(std::string_view key, bool capitalised, bool known, bool title) {
  if (!known || !(capitalised || key == "vs" || key == "v" || key == "etc"))
    return Shortened::nothing;
  if (key == "no" || key == "nos") return Shortened::number;
  return title ? Shortened::title : Shortened::other;
}

std::size_t behind_closing_marks(std::string_view text, std::size_t pos) {
  for (;;) {
    const auto rest = text.substr(pos);
    if (rest.starts_with("\u201D") || rest.starts_with("\u2019"))
      pos += 3;
    else if (rest.starts_with('"') || rest.starts_with('\'') || rest.starts_with(')') ||
             rest.starts_with(']'))
      ++pos;
    else
      return pos;
  }
}

bool ends_sentence_at(std::string_view text, std::size_t end) {
  const std::size_t behind = before_closing_marks(text, end);
  const auto marked = text.substr(0, behind);
  const auto next = next_of(text, end);
  if (marked.ends_with("..") || marked.ends_with("\u2026"))
    return ends_sentence(SentenceMark::ellipsis, Shortened::nothing, next);
  if (marked.ends_with('!') || marked.ends_with('?'))
    return ends_sentence(SentenceMark::stop, Shortened::nothing, next);
  if (!marked.ends_with('.')) return false;
  const auto word = word_before(text, behind - 1);
  const bool capital = is_upper_at_first(word);
  const bool inner = word.find('.') != std::string_view::npos;
  if (are_initials(word) && (capital || inner))
    return ends_sentence(inner ? SentenceMark::initials : SentenceMark::lone_initial,
                         Shortened::nothing, next);
  const std::string key = fold(word.substr(word.rfind('.') + 1));
  return ends_sentence(SentenceMark::stop,
                       shortened(key, capital, has(kAbbreviations, key), has(kTitles, key)), next);
}

}  // namespace dateline
