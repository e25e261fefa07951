#include "indexer/formats/article_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "indexer/formats/dated_text.h"

namespace dateline {
namespace {

constexpr std::array<std::string_view, 1> kDatedTextSuffixes = {".txt"};

constexpr std::array kFormats = {
    Format{"dated text", kDatedTextSuffixes, is_dated_text, parse_dated_text},
};

bool has_suffix(std::string_view name, std::string_view suffix) {
  if (name.size() < suffix.size()) return false;
  return std::ranges::equal(
      name.substr(name.size() - suffix.size()), suffix,
      [](char c, char wanted) { return (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == wanted; });
}

bool has_suffix_of(std::string_view name, const Format& format) {
  return std::ranges::any_of(format.suffixes,
                             [&](std::string_view suffix) { return has_suffix(name, suffix); });
}

}  // namespace

std::span<const Format> formats() { return kFormats; }

bool has_article_suffix(std::string_view name, std::span<const Format> table) {
  return std::ranges::any_of(table,
                             [&](const Format& format) { return has_suffix_of(name, format); });
}

const Format& format_of(const ArticleFile& file, std::span<const Format> table) {
  const auto by_name = [&](const Format& format) { return has_suffix_of(file.path, format); };
  const auto by_bytes = [&](const Format& format) { return format.sniff(file.bytes); };
  const auto by_both = [&](const Format& format) { return by_name(format) && by_bytes(format); };
  auto found = std::ranges::find_if(table, by_both);
  if (found == table.end()) found = std::ranges::find_if(table, by_bytes);
  if (found == table.end()) found = std::ranges::find_if(table, by_name);
  return found == table.end() ? table.front() : *found;
}

Article parse_article(std::string path, std::string bytes, const std::optional<DateWindow>& window,
                      std::span<const Format> table) {
  if (bytes.size() > kLargestArticle) {
    throw ArticleError(BadArticle::too_large, fmt::format("{}: {} bytes, more than {}", path,
                                                          bytes.size(), kLargestArticle));
  }
  if (bytes.empty())
    throw ArticleError(BadArticle::empty, fmt::format("{}: the file is empty", path));
  ArticleFile file{.path = std::move(path), .bytes = std::move(bytes), .window = window};
  const Format& format = format_of(file, table);
  const std::string named = file.path;
  auto articles = format.parse(std::move(file));
  if (articles.size() != 1) {
    throw ArticleError(BadArticle::not_text,
                       fmt::format("{}: {} articles in one file", named, articles.size()));
  }
  return std::move(articles.front());
}

}  // namespace dateline
