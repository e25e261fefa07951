#include "indexer/formats/decoding.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Of text that has no character beyond ASCII but the stray bytes: one stray byte in so many.
constexpr std::size_t kRareStray = 200;

unsigned char byte_at(std::string_view bytes, std::size_t pos) {
  return static_cast<unsigned char>(bytes[pos]);
}

// ---- UTF-16 ----

bool is_utf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

char32_t unit_at(std::string_view bytes, std::size_t pos, bool little) {
  const char32_t first = byte_at(bytes, pos), second = byte_at(bytes, pos + 1);
  return little ? first | second << 8 : first << 8 | second;
}

// Absent when a surrogate stands alone, a byte is left over or a NUL is inside.
std::optional<std::string> decode_utf16(std::string_view bytes) {
  const bool little = bytes.starts_with("\xFF\xFE");
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t pos = 2; pos < bytes.size(); pos += 2) {
    char32_t c = unit_at(bytes, pos, little);
    if (c >= 0xD800 && c < 0xDC00 && pos + 3 < bytes.size()) {
      const char32_t low = unit_at(bytes, pos + 2, little);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      pos += 2;
    }
    if (c == 0 || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    append_utf8(out, c);
  }
  return out;
}

// ---- UTF-8 with errors ----

// How many bytes at `pos`, which begin no valid character, are one that was cut short: a byte that
// leads a longer one and what follows of it. 0: the byte stands for itself.
std::size_t cut_short(std::string_view bytes, std::size_t pos) {
  const unsigned char lead = byte_at(bytes, pos);
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t most = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  std::size_t more = 0;
  while (more < most && pos + 1 + more < bytes.size() &&
         (byte_at(bytes, pos + 1 + more) & 0xC0) == 0x80)
    ++more;
  return more == 0 ? 0 : 1 + more;
}

struct Mended {
  std::string text;
  std::size_t characters = 0;  // valid ones of more than one byte
  std::size_t strays = 0;
};

Mended mend_utf8(std::string_view bytes) {
  Mended mended;
  mended.text.reserve(bytes.size());
  for (std::size_t pos = 0; pos < bytes.size();) {
    const auto c = code_point_at(bytes, pos);
    const bool valid = c.bytes > 1 || byte_at(bytes, pos) < 0x80;
    if (valid) {
      mended.text.append(bytes, pos, c.bytes);
      mended.characters += c.bytes > 1 ? 1 : 0;
      pos += c.bytes;
      continue;
    }
    ++mended.strays;
    const std::size_t cut = cut_short(bytes, pos);
    const auto known = cut == 0 ? decode_windows1252(bytes.substr(pos, 1)) : std::nullopt;
    if (known)
      mended.text += *known;
    else
      append_utf8(mended.text, kReplacement);
    pos += cut == 0 ? 1 : cut;
  }
  return mended;
}

}  // namespace

DecodedText decode_text(const std::string& path, std::string bytes) {
  if (is_utf16(bytes)) {
    if (auto decoded = decode_utf16(bytes))
      return {.text = std::move(*decoded), .encoding = Encoding::utf16};
    throw ArticleError(BadArticle::not_text, fmt::format("{}: begins as UTF-16 and is none", path));
  }
  if (const auto nul = bytes.find('\0'); nul != std::string::npos) {
    throw ArticleError(BadArticle::not_text, fmt::format("{}: a NUL byte at offset {}", path, nul));
  }
  const auto bad = find_invalid_utf8(bytes);
  if (!bad) return {.text = std::move(bytes)};
  Mended mended = mend_utf8(bytes);
  if (mended.strays <= mended.characters)
    return {.text = std::move(mended.text), .encoding = Encoding::utf8_with_errors};
  if (auto decoded = decode_windows1252(bytes))
    return {.text = std::move(*decoded), .encoding = Encoding::windows1252};
  if (mended.strays <= bytes.size() / kRareStray)
    return {.text = std::move(mended.text), .encoding = Encoding::utf8_with_errors};
  throw ArticleError(BadArticle::not_text,
                     fmt::format("{}: neither UTF-8 (byte 0x{:02x} at offset {}) nor Windows-1252",
                                 path, byte_at(bytes, *bad), *bad));
}

}  // namespace dateline
