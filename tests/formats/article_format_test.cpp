#include "indexer/formats/article_format.h"

#include <array>
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "tests/support/temporary_folder.h"

using namespace dateline;
using dateline::test::article_bytes;

namespace {

// One article a file, whose text says which format read it.
template <char kMark>
bool begins_with(std::string_view bytes) {
  return bytes.starts_with(kMark);
}

template <char kMark>
std::vector<Article> parse_marked(ArticleFile file) {
  const Span all{0, 1};
  return {{.path = std::move(file.path),
           .text = std::string(1, kMark),
           .date = {},
           .title = all,
           .paragraphs = {all}}};
}

std::vector<Article> parse_two(ArticleFile file) {
  auto articles = parse_marked<'2'>(std::move(file));
  articles.push_back(articles.front());
  return articles;
}

constexpr std::array<std::string_view, 1> kText = {".txt"};
constexpr std::array<std::string_view, 2> kMarked = {".json", ".jl"};
constexpr std::array<std::string_view, 1> kTwo = {".two"};
constexpr std::array kTable = {
    Format{"plain", kText, begins_with<'p'>, parse_marked<'p'>},
    Format{"marked", kMarked, begins_with<'{'>, parse_marked<'{'>},
    Format{"two", kTwo, begins_with<'2'>, parse_two},
};

std::string reader_of(std::string path, std::string bytes) {
  return parse_article(std::move(path), std::move(bytes), std::nullopt, kTable).text;
}

}  // namespace

TEST_CASE("an archive's article files are known by the suffixes of the table, in any letter case") {
  CHECK(has_article_suffix("a.txt"));
  CHECK(has_article_suffix("A.TXT"));
  CHECK(has_article_suffix(".txt"));
  CHECK_FALSE(has_article_suffix("a.txt.bak"));
  CHECK_FALSE(has_article_suffix("txt"));
  CHECK_FALSE(has_article_suffix("a.json"));
  CHECK(has_article_suffix("a.JL", kTable));
  CHECK_FALSE(has_article_suffix("a.j", kTable));
}

TEST_CASE("a file is read by the format that has its suffix and its beginning") {
  CHECK(reader_of("a.txt", "plain") == "p");
  CHECK(reader_of("a.json", "{}") == "{");
}

TEST_CASE("where name and beginning disagree the beginning counts") {
  CHECK(reader_of("a.txt", "{}") == "{");
  CHECK(reader_of("a.json", "plain") == "p");
  CHECK(reader_of("named by hand", "{}") == "{");
}

TEST_CASE("a file that begins as none does is read by its suffix, and then by the first format") {
  CHECK(reader_of("a.JL", "?") == "{");
  CHECK(reader_of("a.doc", "?") == "p");
}

TEST_CASE("of a file with several articles none is dropped silently") {
  CHECK_THROWS_WITH(reader_of("a.two", "2"), "a.two: 2 articles in one file");
}

TEST_CASE("formats have names and lower-case suffixes, none twice, and refuse bytes of no format") {
  std::set<std::string_view> seen;
  for (const auto& format : formats()) {
    CAPTURE(std::string(format.name));
    CHECK(seen.insert(format.name).second);
    CHECK_FALSE(format.suffixes.empty());
    for (const auto suffix : format.suffixes) {
      CHECK(suffix.starts_with('.'));
      CHECK(has_article_suffix("a" + std::string(suffix)));
      CHECK(seen.insert(suffix).second);
    }
    CHECK_FALSE(
        format.sniff("\x7f"
                     "ELF"));
  }
}

TEST_CASE("dated text is known by its first line, a BOM and blanks before it or not") {
  const ArticleFile file{.path = "x", .bytes = "\xEF\xBB\xBF" + article_bytes("2023-03-03", "T\n")};
  CHECK(format_of(file).name == "dated text");
  CHECK(format_of(file).sniff(file.bytes));
  CHECK_FALSE(format_of(file).sniff("dated 2023-03-03\n\nText\n"));
}
