// Text -> tokens, sentences and paragraphs: what every rule of extraction reads.
//
// `"We met," Mr. O'Brien's U.S. aide said in 2022.` gives  " We met , " Mr . O'Brien 's U.S. aide
// said in 2022 .  Every token keeps its bytes; `key` is the folded form beside it (o'brien, us,
// 's), looked up once in the lexicon.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/span.h"
#include "indexer/extract/lexicon.h"

namespace dateline {

enum class TokenKind : std::uint8_t {
  word,  // starts with a letter: Kyiv, G20, O'Brien, U.S., J. (an initial keeps its full stop), 's
  number,  // starts with a digit: 24, 1,500, 3.5, 1990s, 3rd
  quote,  // “ ” „ ‘ ’ « » ‹ › " ' `` '' : every mark that may open or close a quotation;
          // apostrophes inside words are none
  punctuation,  // one character: . , ; : ! ? ( ) - – — / ... ("..." and "…" are one token)
};

// Tokens never overlap and come in text order. Views live as long as the Article and the
// TokenizedText.
struct Token {
  Span span;
  std::string_view text;  // the span's bytes, without invisible characters; "-" of every hyphen
  std::string_view key;  // folded; full stops of initials dropped; empty for punctuation and quotes
  const WordEntry* entry = nullptr;  // what the lexicon knows of the key, nullptr when nothing
  std::uint32_t sentence = 0;        // index into sentences
  std::uint32_t paragraph = 0;       // index into Article::paragraphs
  TokenKind kind = TokenKind::word;
  bool capitalised = false;  // first letter is upper case
  bool all_caps = false;     // at least two letters and all of them upper case: US, U.S., GENEVA
  bool glued =
      false;  // no white space between the token before (of the same paragraph) and this one

  bool is(std::string_view mark) const { return text == mark; }
  bool in(WordClass list) const { return entry != nullptr && entry->classes.has(list); }
  bool in(NameRole role) const { return entry != nullptr && entry->name.has(role); }
  bool in(DateRole role) const { return entry != nullptr && entry->date.has(role); }
  bool in(SpeechRole role) const { return entry != nullptr && entry->speech.has(role); }
};

// Indices of tokens, end exclusive.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(std::uint32_t token) const { return begin <= token && token < end; }
  auto operator<=>(const TokenRange&) const = default;
};

struct TokenizedText {
  const Article* article = nullptr;
  const Lexicon* lexicon = nullptr;
  std::vector<Token> tokens;
  std::vector<TokenRange> sentences;  // in order, none empty, no sentence crosses a paragraph
  std::vector<TokenRange>
      paragraphs;  // one for each of Article::paragraphs, may be empty when it holds no token
  std::deque<std::string> folded;  // owns the texts and keys that differ from the article's bytes

  std::string_view text() const { return article->text; }
  Span span_of(TokenRange range) const {
    return {tokens[range.begin].span.begin, tokens[range.end - 1].span.end};
  }
};

// The article must outlive the result; so must the lexicon.
TokenizedText tokenize(const Article& article, const Lexicon& lexicon);

}  // namespace dateline
