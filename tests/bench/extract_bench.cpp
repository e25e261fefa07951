// How many bytes a second does extraction read, and does its time grow in proportion to the text?
//
//   build/release/tests/extract_bench [FOLDER]      articles of FOLDER (default: the sample
//   archive), then hostile texts at two sizes
// Compare the two sizes of one hostile text: bytes_per_second must be about the same.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "indexer/extract/extractor.h"
#include "indexer/formats/article_format.h"

namespace {

using namespace dateline;
namespace fs = std::filesystem;

const Extractor& extractor() {
  static const Extractor loaded = Extractor::load(fs::path(DATELINE_SOURCE) / "data");
  return loaded;
}

std::vector<Article> read_articles(const fs::path& folder) {
  std::vector<Article> articles;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    if (item.path().extension() != ".txt") continue;
    std::ifstream in(item.path(), std::ios::binary);
    articles.push_back(parse_article(item.path(), {std::istreambuf_iterator<char>(in), {}}));
  }
  return articles;
}

void extract_archive(benchmark::State& state, const fs::path& folder) {
  const auto articles = read_articles(folder);
  std::int64_t bytes = 0;
  for (auto _ : state) {
    for (const auto& article : articles) {
      benchmark::DoNotOptimize(extractor().extract(article));
      bytes += static_cast<std::int64_t>(article.text.size());
    }
  }
  state.SetBytesProcessed(bytes);
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

std::string ten_thousand_names(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) {
    std::string name = "Aa";
    for (int rest = i; rest > 0; rest /= 26) name += static_cast<char>('a' + rest % 26);
    text += "Anna " + name + "son said so. ";
  }
  return text;
}

void extract_hostile(benchmark::State& state, std::string (*make)(std::size_t)) {
  const Article article = parse_article(
      "hostile.txt", " date 2023-03-03 \n\n" + make(static_cast<std::size_t>(state.range(0))));
  for (auto _ : state) benchmark::DoNotOptimize(extractor().extract(article));
  state.SetBytesProcessed(static_cast<std::int64_t>(article.text.size()) *
                          static_cast<std::int64_t>(state.iterations()));
}

void add_hostile(const char* name, std::string (*make)(std::size_t)) {
  benchmark::RegisterBenchmark(name, extract_hostile, make)
      ->Arg(100'000)
      ->Arg(1'000'000)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const fs::path folder = argc > 1 ? fs::path(argv[1]) : fs::path(DATELINE_SOURCE) / "data/sample";
  benchmark::RegisterBenchmark("archive", extract_archive, folder)->Unit(benchmark::kMillisecond);
  add_hostile("quotation marks", [](std::size_t bytes) { return repeated("\"", bytes); });
  add_hostile("opening marks", [](std::size_t bytes) { return repeated("“ a ", bytes); });
  add_hostile("no full stop", [](std::size_t bytes) {
    return repeated("he said that Anna Lind went to Paris and ", bytes);
  });
  add_hostile("names", ten_thousand_names);
  add_hostile("capitals", [](std::size_t bytes) { return repeated("Paris London ", bytes); });
  add_hostile("dates", [](std::size_t bytes) { return repeated("on Monday, March 3 ", bytes); });
  add_hostile("paragraphs", [](std::size_t bytes) { return repeated("“So it is.\n\n", bytes); });
  benchmark::RunSpecifiedBenchmarks();
}
