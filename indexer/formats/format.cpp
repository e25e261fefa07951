#include "indexer/formats/format.h"

#include <fmt/format.h>

#include <utility>

#include "common/text/unicode.h"

namespace dateline {

DecodedText decode_text(const std::string& path, std::string bytes) {
  if (const auto nul = bytes.find('\0'); nul != std::string::npos) {
    throw ArticleError(BadArticle::not_text, fmt::format("{}: a NUL byte at offset {}", path, nul));
  }
  const auto bad = find_invalid_utf8(bytes);
  if (!bad) return {.text = std::move(bytes)};
  auto decoded = decode_windows1252(bytes);
  if (!decoded) {
    throw ArticleError(
        BadArticle::not_text,
        fmt::format("{}: neither UTF-8 (byte 0x{:02x} at offset {}) nor Windows-1252", path,
                    static_cast<unsigned char>(bytes[*bad]), *bad));
  }
  return {.text = std::move(*decoded), .encoding = Encoding::windows1252};
}

void require_within(const ArticleFile& file, Day date, std::size_t line) {
  if (!file.window || (date >= file.window->first && date <= file.window->last)) return;
  const bool early = date < file.window->first;
  throw DateOutsideError(fmt::format("{}:{}: {} is {} {}", file.path, line, to_string(date),
                                     early ? "before" : "after",
                                     to_string(early ? file.window->first : file.window->last)));
}

}  // namespace dateline
