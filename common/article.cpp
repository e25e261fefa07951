#include "common/article.h"

#include <fmt/format.h>

#include <cstring>

#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::size_t kLongTitle = 160;  // bytes; a longer first block is cut at its first sentence
constexpr std::size_t kShownOfLine = 60;  // bytes of an offending line in a message

std::string_view blanks() { return " \t\r"; }

Span trimmed(std::string_view text, Span span) {
  while (!span.empty() &&
         (blanks().find(text[span.begin]) != std::string_view::npos || text[span.begin] == '\n'))
    ++span.begin;
  while (!span.empty() && (blanks().find(text[span.end - 1]) != std::string_view::npos ||
                           text[span.end - 1] == '\n'))
    --span.end;
  return span;
}

std::string shown(std::string_view line) {
  return replace_invalid_utf8(line.substr(0, kShownOfLine)) +
         (line.size() > kShownOfLine ? "..." : "");
}

Span line_at(std::string_view text, std::size_t begin) {
  const auto end = text.find('\n', begin);
  return {static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end)};
}

// The file's bytes as valid UTF-8.
void decode(Article& article, std::string bytes) {
  if (const auto nul = bytes.find('\0'); nul != std::string::npos) {
    throw ArticleError(BadArticle::not_text,
                       fmt::format("{}: a NUL byte at offset {}", article.path, nul));
  }
  if (const auto bad = find_invalid_utf8(bytes)) {
    auto decoded = decode_windows1252(bytes);
    if (!decoded) {
      throw ArticleError(
          BadArticle::not_text,
          fmt::format("{}: neither UTF-8 (byte 0x{:02x} at offset {}) nor Windows-1252",
                      article.path, static_cast<unsigned char>(bytes[*bad]), *bad));
    }
    bytes = std::move(*decoded);
    article.encoding = Encoding::windows1252;
  }
  article.text = std::move(bytes);
}

// The day on the first line " date YYYY-MM-DD ".
Day parse_date_line(const Article& article, std::string_view line) {
  constexpr std::string_view kWord = "date";
  if (!line.starts_with(kWord) || line.size() == kWord.size() ||
      blanks().find(line[kWord.size()]) == std::string_view::npos) {
    throw ArticleError(
        BadArticle::no_date,
        fmt::format("{}:1: expected \"date YYYY-MM-DD\", found \"{}\"", article.path, shown(line)));
  }
  std::string_view value = line.substr(kWord.size());
  value.remove_prefix(std::min(value.find_first_not_of(blanks()), value.size()));
  const auto date = parse_partial_date(value);
  if (!date || date->unit != DateUnit::day) {
    throw ArticleError(
        BadArticle::bad_date,
        fmt::format("{}:1: \"{}\" is no date of the form YYYY-MM-DD", article.path, shown(value)));
  }
  return days_of(*date).first;
}

void require_within(const Article& article, const DateWindow& window) {
  if (article.date >= window.first && article.date <= window.last) return;
  const bool early = article.date < window.first;
  throw DateOutsideError(fmt::format("{}:1: {} is {} {}", article.path, to_string(article.date),
                                     early ? "before" : "after",
                                     to_string(early ? window.first : window.last)));
}

// Blocks of lines between blank lines.
std::vector<Span> find_paragraphs(std::string_view text, std::size_t begin) {
  std::vector<Span> paragraphs;
  Span block{};
  for (std::size_t pos = begin; pos < text.size();) {
    const Span line = line_at(text, pos);
    const Span content = trimmed(text, line);
    if (content.empty()) {
      if (!block.empty()) paragraphs.push_back(block);
      block = {};
    } else {
      block = block.empty() ? content : Span{block.begin, content.end};
    }
    pos = line.end + 1u;
  }
  if (!block.empty()) paragraphs.push_back(block);
  return paragraphs;
}

bool ends_sentence(std::string_view text, std::size_t pos) {
  return text[pos] == '.' || text[pos] == '!' || text[pos] == '?';
}

// Is the full stop at `pos` part of an abbreviation, as in "Gen. Smith" or "U.S. forces"? A short
// capitalised word before it says so.
bool abbreviates(std::string_view block, std::size_t pos) {
  std::size_t begin = pos;
  while (begin > 0 && block[begin - 1] != ' ' && block[begin - 1] != '\n') --begin;
  const auto word = block.substr(begin, pos - begin);
  if (word.find('.') != std::string_view::npos || word.size() <= 1) return true;
  return word.size() <= 3 && is_upper(code_point_at(word, 0).value) &&
         !is_upper(code_point_at(word, 1).value);
}

std::size_t after_closing_marks(std::string_view block, std::size_t pos) {
  for (;;) {
    if (pos < block.size() && (block[pos] == '"' || block[pos] == '\'' || block[pos] == ')'))
      ++pos;
    else if (block.substr(pos).starts_with("\u201D") || block.substr(pos).starts_with("\u2019"))
      pos += 3;
    else
      return pos;
  }
}

// The end of the block's first sentence, or its size.
std::size_t first_sentence_end(std::string_view block) {
  for (std::size_t pos = 0; pos < block.size(); ++pos) {
    if (!ends_sentence(block, pos)) continue;
    const std::size_t end = after_closing_marks(block, pos + 1);
    if (end < block.size() && block[end] != ' ' && block[end] != '\n') continue;
    if (block[pos] == '.' && abbreviates(block, pos)) continue;
    return end;
  }
  return block.size();
}

// "Olivier Douliery/Pool/AFP via Getty Images .": what follows the caption's sentence names a
// photographer and an agency.
bool is_photo_credit(std::string_view rest) {
  if (rest.empty() || rest.size() > 100) return false;
  if (rest.find('/') != std::string_view::npos) return true;
  for (const std::string_view word : {"Getty Images", "Photo:", "Photograph:", "Picture:",
                                      "Credit:", "File photo", "via AP", "Handout"}) {
    if (rest.find(word) != std::string_view::npos) return true;
  }
  return false;
}

Span find_title(std::string_view text, Span block) {
  const std::string_view words = slice(text, block);
  const std::size_t sentence = first_sentence_end(words);
  const Span rest = trimmed(text, {static_cast<std::uint32_t>(block.begin + sentence), block.end});
  if (words.size() <= kLongTitle && !is_photo_credit(slice(text, rest))) return block;
  return {block.begin, static_cast<std::uint32_t>(block.begin + sentence)};
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  return encoding == Encoding::utf8 ? "utf-8" : "windows-1252";
}

Article parse_article(std::string path, std::string bytes,
                      const std::optional<DateWindow>& window) {
  Article article;
  article.path = std::move(path);
  if (bytes.size() > kLargestArticle) {
    throw ArticleError(
        BadArticle::too_large,
        fmt::format("{}: {} bytes, more than {}", article.path, bytes.size(), kLargestArticle));
  }
  if (bytes.empty())
    throw ArticleError(BadArticle::empty, fmt::format("{}: the file is empty", article.path));
  decode(article, std::move(bytes));
  const std::string_view text = article.text;
  const Span line = line_at(text, text.starts_with(kBom) ? kBom.size() : 0);
  article.date = parse_date_line(article, slice(text, trimmed(text, line)));
  if (window) require_within(article, *window);
  article.paragraphs = find_paragraphs(text, std::min<std::size_t>(line.end + 1u, text.size()));
  if (article.paragraphs.empty()) {
    throw ArticleError(BadArticle::empty,
                       fmt::format("{}: nothing follows the date line", article.path));
  }
  article.title = find_title(text, article.paragraphs.front());
  return article;
}

}  // namespace dateline
