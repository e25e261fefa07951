#include "indexer/formats/dated_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/text/sentence.h"
#include "common/text/unicode.h"
#include "indexer/formats/decoding.h"

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

constexpr std::string_view kDateWord = "date";

bool has_date_word(std::string_view line) {
  return line.starts_with(kDateWord) && line.size() > kDateWord.size() &&
         blanks().find(line[kDateWord.size()]) != std::string_view::npos;
}

// The day on the first line " date YYYY-MM-DD ".
Day parse_date_line(const Article& article, std::string_view line) {
  if (!has_date_word(line)) {
    throw ArticleError(
        BadArticle::no_date,
        fmt::format("{}:1: expected \"date YYYY-MM-DD\", found \"{}\"", article.path, shown(line)));
  }
  std::string_view value = line.substr(kDateWord.size());
  value.remove_prefix(std::min(value.find_first_not_of(blanks()), value.size()));
  const auto date = parse_partial_date(value);
  if (!date || date->unit != DateUnit::day) {
    throw ArticleError(
        BadArticle::bad_date,
        fmt::format("{}:1: \"{}\" is no date of the form YYYY-MM-DD", article.path, shown(value)));
  }
  return days_of(*date).first;
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

// The end of the block's first sentence, or its size.
std::size_t first_sentence_end(std::string_view block) {
  for (auto mark = block.find_first_of(".!?"); mark != std::string_view::npos;
       mark = block.find_first_of(".!?", mark + 1)) {
    const std::size_t end = behind_closing_marks(block, mark + 1);
    const bool at_gap = end == block.size() || block[end] == ' ' || block[end] == '\n';
    if (at_gap && ends_sentence_at(block, end)) return end;
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

Span first_line(std::string_view text) {
  return line_at(text, text.starts_with(kBom) ? kBom.size() : 0);
}

}  // namespace

bool is_dated_text(std::string_view bytes) {
  return has_date_word(slice(bytes, trimmed(bytes, first_line(bytes))));
}

std::vector<Article> parse_dated_text(ArticleFile file) {
  Article article;
  article.path = file.path;
  DecodedText decoded = decode_text(file.path, std::move(file.bytes));
  article.text = std::move(decoded.text);
  article.encoding = decoded.encoding;
  const std::string_view text = article.text;
  const Span line = first_line(text);
  article.date = parse_date_line(article, slice(text, trimmed(text, line)));
  require_within(file, article.date, 1);
  article.paragraphs = find_paragraphs(text, std::min<std::size_t>(line.end + 1u, text.size()));
  if (article.paragraphs.empty()) {
    throw ArticleError(BadArticle::empty,
                       fmt::format("{}: nothing follows the date line", article.path));
  }
  article.title = find_title(text, article.paragraphs.front());
  return {std::move(article)};
}

}  // namespace dateline
