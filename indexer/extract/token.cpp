#include "indexer/extract/token.h"

#include <array>

#include "common/text/sentence.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

bool is_quote_mark(char32_t c) {
  return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
         c == 0x2039 || c == 0x203A || c == '`' || c == 0x300C || c == 0x300D || c == 0xFF02;
}

// Splits the paragraphs of one article, left to right, into tokens and sentences.
class Tokenizer {
 public:
  Tokenizer(const Article& article, const Lexicon& lexicon)
      : article_(article), text_(article.text), lexicon_(lexicon) {
    out_.article = &article;
    out_.lexicon = &lexicon;
    out_.tokens.reserve(text_.size() / 5 + 8);
  }

  TokenizedText run() {
    for (std::uint32_t i = 0; i < article_.paragraphs.size(); ++i) paragraph(i);
    return std::move(out_);
  }

 private:
  void paragraph(std::uint32_t index);
  void one_token(std::size_t limit);
  std::size_t end_of_word(std::size_t limit) const;
  std::size_t end_of_number(std::size_t limit) const;
  std::size_t after_invisible(std::size_t pos, std::size_t limit) const;
  bool joins_word(std::size_t pos, std::size_t limit) const;
  void add(std::size_t end, TokenKind kind);
  void set_key(Token& token);
  void split_sentences(TokenRange range);
  bool ends_sentence(std::uint32_t token, std::uint32_t end) const;
  Shortened shortened_before(std::uint32_t stop) const;
  char32_t at(std::size_t pos) const { return code_point_at(text_, pos).value; }

  const Article& article_;
  std::string_view text_;
  const Lexicon& lexicon_;
  TokenizedText out_;
  std::size_t pos_ = 0;
  std::uint32_t paragraph_ = 0;
  bool gap_ = true;
};

void Tokenizer::paragraph(std::uint32_t index) {
  const Span block = article_.paragraphs[index];
  const auto first = static_cast<std::uint32_t>(out_.tokens.size());
  paragraph_ = index;
  pos_ = block.begin;
  gap_ = true;
  while (pos_ < block.end) one_token(block.end);
  const TokenRange range{first, static_cast<std::uint32_t>(out_.tokens.size())};
  out_.paragraphs.push_back(range);
  split_sentences(range);
}

void Tokenizer::one_token(std::size_t limit) {
  const auto c = code_point_at(text_, pos_);
  if (is_space(c.value)) {
    pos_ += c.bytes;
    gap_ = true;
  } else if (is_invisible(c.value)) {
    pos_ += c.bytes;
  } else if (is_letter(c.value)) {
    add(end_of_word(limit), TokenKind::word);
  } else if (is_digit(c.value)) {
    add(end_of_number(limit), TokenKind::number);
  } else if (is_quote_mark(c.value)) {
    const bool doubled =
        (c.value == '\'' || c.value == '`') && pos_ + 1 < limit && text_[pos_ + 1] == text_[pos_];
    add(pos_ + (doubled ? 2 : c.bytes), TokenKind::quote);
  } else {
    std::size_t end = pos_ + c.bytes;
    while (c.value == '.' && end < limit && text_[end] == '.') ++end;
    add(end, TokenKind::punctuation);
  }
}

// Does the character at `pos`, which is no letter or digit, lie inside a word? O'Brien, U.S., AT&T.
bool Tokenizer::joins_word(std::size_t pos, std::size_t limit) const {
  const auto c = code_point_at(text_, pos);
  const std::size_t next = pos + c.bytes;
  if (next >= limit || !is_letter(at(next))) return false;
  if (c.value == '&') return true;
  if (!is_apostrophe(c.value)) return false;
  const auto after = code_point_at(text_, next);
  const bool possessive = (after.value == 's' || after.value == 'S') &&
                          (next + 1 >= limit || !is_word_character(at(next + 1)));
  return !possessive;
}

// Invisible characters between two letters or digits are passed over; where the word goes on, or
// `pos` when it does not.
std::size_t Tokenizer::after_invisible(std::size_t pos, std::size_t limit) const {
  std::size_t next = pos;
  while (next < limit && is_invisible(at(next))) next += code_point_at(text_, next).bytes;
  return next < limit && is_word_character(at(next)) ? next : pos;
}

// A word ends before a possessive 's, which is a token of its own; single letters parted by full
// stops stay together.
std::size_t Tokenizer::end_of_word(std::size_t limit) const {
  std::size_t pos = pos_;
  std::size_t letters = 0;  // since the last full stop
  while (pos < limit) {
    const auto c = code_point_at(text_, pos);
    if (is_word_character(c.value)) {
      ++letters;
      pos += c.bytes;
      continue;
    }
    if (c.value == '.' && letters == 1) {
      const bool initial = is_upper(at(pos_)) || pos - pos_ > 1;
      const bool goes_on = pos + 1 < limit && is_letter(at(pos + 1)) &&
                           (pos + 2 >= limit || !is_word_character(at(pos + 2)));
      if (!initial && !goes_on) break;
      ++pos;
      letters = 0;
      if (!goes_on) break;
      continue;
    }
    if (is_invisible(c.value)) {
      const std::size_t next = after_invisible(pos, limit);
      if (next == pos) break;
      pos = next;
      continue;
    }
    if (!joins_word(pos, limit)) break;
    pos += c.bytes;
  }
  return pos;
}

std::size_t Tokenizer::end_of_number(std::size_t limit) const {
  std::size_t pos = pos_;
  while (pos < limit) {
    const auto c = code_point_at(text_, pos);
    const bool separator =
        (c.value == ',' || c.value == '.') && pos + 1 < limit && is_digit(at(pos + 1));
    if (is_invisible(c.value)) {
      const std::size_t next = after_invisible(pos, limit);
      if (next == pos) break;
      pos = next;
      continue;
    }
    if (!is_word_character(c.value) && !separator) break;
    pos += c.bytes;
  }
  return pos;
}

void Tokenizer::add(std::size_t end, TokenKind kind) {
  Token token;
  token.span = {static_cast<std::uint32_t>(pos_), static_cast<std::uint32_t>(end)};
  token.text = slice(text_, token.span);
  token.paragraph = paragraph_;
  if (token.is("\u2010") || token.is("\u2011")) token.text = "-";
  token.kind = kind;
  token.glued = !gap_;
  if (kind == TokenKind::word || kind == TokenKind::number) set_key(token);
  out_.tokens.push_back(token);
  pos_ = end;
  gap_ = false;
  // A possessive clitic is the next token: 's or ’s.
  if (kind != TokenKind::word || pos_ >= text_.size()) return;
  const auto c = code_point_at(text_, pos_);
  const std::size_t letter = pos_ + c.bytes;
  if (!is_apostrophe(c.value) || letter >= text_.size() || (text_[letter] | 0x20) != 's') return;
  if (letter + 1 < text_.size() && is_word_character(at(letter + 1))) return;
  Token clitic = token;
  clitic.span = {static_cast<std::uint32_t>(pos_), static_cast<std::uint32_t>(letter + 1)};
  clitic.text = slice(text_, clitic.span);
  clitic.key = "'s";
  clitic.entry = lexicon_.find(clitic.key);
  clitic.capitalised = clitic.all_caps = false;
  clitic.glued = true;
  out_.tokens.push_back(clitic);
  pos_ = letter + 1;
}

void Tokenizer::set_key(Token& token) {
  bool plain = true;
  bool hidden = false;
  std::size_t letters = 0;
  std::size_t upper = 0;
  for (std::size_t i = 0; i < token.text.size();) {
    const auto c = code_point_at(token.text, i);
    const bool is_upper_case = is_upper(c.value);
    letters += is_letter(c.value) ? 1u : 0u;
    upper += is_upper_case ? 1u : 0u;
    plain = plain && c.value < 0x80 && !is_upper_case && c.value != '.' && c.value != '`';
    hidden = hidden || is_invisible(c.value);
    i += c.bytes;
  }
  token.capitalised = token.kind == TokenKind::word && is_upper(code_point_at(token.text, 0).value);
  token.all_caps = letters >= 2 && upper == letters;
  if (hidden) token.text = out_.folded.emplace_back(single_spaced(token.text));
  token.key = token.text;
  if (!plain) {
    std::string key = fold(token.text);
    if (token.kind == TokenKind::word) std::erase(key, '.');
    token.key = out_.folded.emplace_back(std::move(key));
  }
  token.entry = lexicon_.find(token.key);
}

SentenceMark mark_of(const Token& token) {
  if (token.is("\u2026") || token.text.starts_with("..")) return SentenceMark::ellipsis;
  if (token.kind == TokenKind::word && token.text.ends_with('.'))
    return token.text.size() > 2 ? SentenceMark::initials : SentenceMark::lone_initial;
  const bool stop = token.is(".") || token.is("!") || token.is("?");
  return token.kind == TokenKind::punctuation && stop ? SentenceMark::stop : SentenceMark::none;
}

SentenceNext next_of(const Token& token) {
  return {.capital = token.capitalised,
          .grammar = token.in(WordClass::function_word),
          .number = token.kind == TokenKind::number,
          .quote = token.kind == TokenKind::quote,
          .bracket = token.is("(") || token.is("[")};
}

// What the word before the full stop is short for.
Shortened Tokenizer::shortened_before(std::uint32_t stop) const {
  if (stop == 0 || !out_.tokens[stop].glued || !out_.tokens[stop].is("."))
    return Shortened::nothing;
  const Token& word = out_.tokens[stop - 1];
  return shortened(word.key, word.capitalised, word.in(WordClass::abbreviation),
                   word.in(WordClass::title));
}

// Is the gap before `token` a sentence boundary? Looks back over closing marks to a full stop.
bool Tokenizer::ends_sentence(std::uint32_t token, std::uint32_t first) const {
  const auto& tokens = out_.tokens;
  if (tokens[token].glued) return false;
  std::uint32_t last = token - 1;
  while (last > first &&
         (tokens[last].kind == TokenKind::quote || tokens[last].is(")") || tokens[last].is("]")) &&
         tokens[last].glued)
    --last;
  SentenceNext next = next_of(tokens[token]);
  const bool hyphened =
      token + 1 < tokens.size() && tokens[token + 1].is("-") && tokens[token + 1].glued;
  next.grammar = next.grammar && !hyphened;  // "U.N. Under-Secretary"
  return dateline::ends_sentence(mark_of(tokens[last]), shortened_before(last), next);
}

void Tokenizer::split_sentences(TokenRange range) {
  if (range.empty()) return;
  std::uint32_t first = range.begin;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (i > first && ends_sentence(i, first)) {
      out_.sentences.push_back({first, i});
      first = i;
    }
    out_.tokens[i].sentence = static_cast<std::uint32_t>(out_.sentences.size());
  }
  out_.sentences.push_back({first, range.end});
}

}  // namespace

TokenizedText tokenize(const Article& article, const Lexicon& lexicon) {
  return Tokenizer(article, lexicon).run();
}

}  // namespace dateline
