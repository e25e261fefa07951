#include "common/text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace dateline {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

utf8proc_category_t category(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

// Windows-1252 80..9F (https://encoding.spec.whatwg.org leaves five bytes to C1 controls; we call
// those undefined).
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Letters that Unicode does not decompose, in the plain spelling that readers type.
std::string_view plain_spelling(char32_t c) {
  switch (c) {
    case U'ø':
      return "o";
    case U'đ':
    case U'ð':
      return "d";
    case U'ł':
      return "l";
    case U'ħ':
      return "h";
    case U'ı':
      return "i";
    case U'æ':
      return "ae";
    case U'œ':
      return "oe";
    case U'þ':
      return "th";
    case U'\u2018':
    case U'\u2019':
    case U'\u02BC':
    case U'\u02BB':
    case U'\u2032':
    case U'\u00B4':
      return "'";
    case U'\u2010':
    case U'\u2011':
      return "-";
    default:
      return {};
  }
}

bool is_mark(char32_t c) {
  const auto cat = category(c);
  return cat == UTF8PROC_CATEGORY_MN || cat == UTF8PROC_CATEGORY_ME;
}

// Folds one character of more than one byte: decompose, fold the case, drop the marks.
void append_folded(std::string& out, char32_t c) {
  if (is_invisible(c)) return;
  if (is_apostrophe(c)) {  // ´ would come apart into a blank and an accent
    out += '\'';
    return;
  }
  std::array<utf8proc_int32_t, 32> parts{};
  int boundary = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT),
      &boundary);
  if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) return append_utf8(out, c);
  for (utf8proc_ssize_t i = 0; i < count; ++i) {
    const auto part = static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
    if (is_mark(part)) continue;
    const auto plain = plain_spelling(part);
    if (plain.empty())
      append_utf8(out, part);
    else
      out += plain;
  }
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t pos) {
  const auto byte = static_cast<unsigned char>(text[pos]);
  if (byte < 0x80) return {byte, 1};
  utf8proc_int32_t value = 0;
  const auto rest = static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size() - pos, 4));
  const auto bytes = utf8proc_iterate(bytes_of(text) + pos, rest, &value);
  if (bytes <= 0) return {kReplacement, 1};
  return {static_cast<char32_t>(value), static_cast<std::uint32_t>(bytes)};
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const auto cat = category(c);
  return (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO) ||
         cat == UTF8PROC_CATEGORY_MN || cat == UTF8PROC_CATEGORY_MC;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  const auto cat = category(c);
  return cat == UTF8PROC_CATEGORY_LU || cat == UTF8PROC_CATEGORY_LT;
}

bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return category(c) == UTF8PROC_CATEGORY_LL;
}

bool is_digit(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return category(c) == UTF8PROC_CATEGORY_ZS || c == 0x85 || c == 0x200B || c == 0x2028 ||
         c == 0x2029 || c == 0xFEFF;
}

bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == '`' || c == 0x2019 || c == 0x2BC || c == 0xB4 || c == 0x2032;
}

bool is_word_character(char32_t c) {
  return is_letter(c) || is_digit(c) || (c >= 0x2080 && c <= 0x2089);
}

int width_of(char32_t c) {
  return c >= 0x20 && c < 0x7F ? 1 : utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t pos = 0;
  while (pos < text.size()) {
    if (static_cast<unsigned char>(text[pos]) < 0x80) {
      ++pos;
      continue;
    }
    utf8proc_int32_t value = 0;
    const auto bytes = utf8proc_iterate(bytes_of(text) + pos,
                                        static_cast<utf8proc_ssize_t>(text.size() - pos), &value);
    if (bytes <= 0) return pos;
    pos += static_cast<std::size_t>(bytes);
  }
  return std::nullopt;
}

bool is_valid_utf8(std::string_view text) { return !find_invalid_utf8(text); }

std::optional<std::string> decode_windows1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char raw : bytes) {
    const auto byte = static_cast<unsigned char>(raw);
    char32_t c = byte;
    if (byte >= 0x80 && byte < 0xA0) c = kWindows1252[byte - 0x80u];
    if (c == 0 && byte != 0) return std::nullopt;
    append_utf8(out, c);
  }
  return out;
}

std::optional<std::string> encode_windows1252(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    const auto high = std::ranges::find(kWindows1252, c.value);
    if (c.value < 0x80 || (c.value >= 0xA0 && c.value <= 0xFF))
      out += static_cast<char>(c.value);
    else if (high != kWindows1252.end())
      out += static_cast<char>(0x80 + (high - kWindows1252.begin()));
    else
      return std::nullopt;
    pos += c.bytes;
  }
  return out;
}

std::string replace_invalid_utf8(std::string_view bytes) {
  std::string out;
  for (std::size_t pos = 0; pos < bytes.size();) {
    const auto c = code_point_at(bytes, pos);
    append_utf8(out, c.value);
    pos += c.bytes;
  }
  return out;
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    pos += c.bytes;
    if (c.value == '`')
      out += '\'';
    else if (c.value < 0x80)
      out += static_cast<char>(c.value >= 'A' && c.value <= 'Z' ? c.value + 32 : c.value);
    else
      append_folded(out, c.value);
  }
  return out;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    if (is_invisible(c.value)) {
      // no part of a name, and parts none
    } else if (is_space(c.value)) {
      gap = !out.empty();
    } else {
      if (gap) out += ' ';
      gap = false;
      out.append(text, pos, c.bytes);
    }
    pos += c.bytes;
  }
  return out;
}

std::string fold_name(std::string_view name) { return single_spaced(fold(name)); }

void append_utf8(std::string& out, char32_t c) {
  std::array<utf8proc_uint8_t, 4> buffer{};
  const auto bytes = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), buffer.data());
  for (utf8proc_ssize_t i = 0; i < bytes; ++i)
    out += static_cast<char>(buffer[static_cast<std::size_t>(i)]);
}

}  // namespace dateline
