// Characters: the one file that knows the Unicode library (utf8proc).
//
// fold("Ó Briain’s") is "o briain's": what two spellings of a name have in common. Text itself is
// never rewritten; a folded form is a key beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dateline {

struct CodePoint {
  char32_t value = 0;       // U+FFFD for a byte that starts no valid sequence
  std::uint32_t bytes = 1;  // how many it took, at least 1
};

// The character at `pos`. REQUIRES: pos < text.size().
CodePoint code_point_at(std::string_view text, std::size_t pos);

bool is_letter(char32_t c);  // any script, combining marks included
bool is_upper(char32_t c);   // upper or title case
bool is_lower(char32_t c);
bool is_digit(char32_t c);  // decimal digits of any script
int width_of(char32_t c);   // columns on a terminal: 0, 1 or 2
bool is_space(char32_t c);  // white space, no-break and zero-width ones included

// Characters that show nothing and are no part of a word: soft hyphen, zero-width space and
// joiners, marks of direction, BOM.
bool is_invisible(char32_t c);
// ' and what is written for it between letters: ’ ʼ ´ ` ′
bool is_apostrophe(char32_t c);
// What words are made of: letters, digits, also the ₂ of CO₂.
bool is_word_character(char32_t c);

// Offset of the first byte that is not part of valid UTF-8, absent when all is valid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);
bool is_valid_utf8(std::string_view text);

// Windows-1252 to UTF-8; absent when a byte is undefined there (81 8D 8F 90 9D).
std::optional<std::string> decode_windows1252(std::string_view bytes);
// And back; absent when a character is none of Windows-1252's.
std::optional<std::string> encode_windows1252(std::string_view text);

// Invalid bytes become U+FFFD: for showing, never for storing.
std::string replace_invalid_utf8(std::string_view bytes);

// Lower case (full case folding), accents and other marks dropped, curly apostrophes, ´ and
// ` straight, hyphens "-", invisible characters dropped, ligatures and letters such as ø, đ, ł, ß
// in their plain spelling. White space and punctuation stay.
std::string fold(std::string_view text);

// Every run of white space becomes one blank, none at the ends, and invisible characters go: a name
// that runs over the end of a line, on one.
std::string single_spaced(std::string_view text);

// single_spaced(fold()): the key of names in fields and tables.
std::string fold_name(std::string_view name);

void append_utf8(std::string& out, char32_t c);

}  // namespace dateline
