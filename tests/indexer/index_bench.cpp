#include "tests/indexer/index_bench.h"

#include <fmt/format.h>

#include <vector>

#include "indexer/care/canonical_dump.h"

namespace dateline::test {

namespace fs = std::filesystem;

const Extractor& extractor() {
  static const Extractor loaded = Extractor::load(data_folder());
  return loaded;
}

std::string story(int number) {
  static const std::vector<std::string> speakers = {"Anna Lind", "Bo Ek", "Anna B. Lind",
                                                    "Carla Núñez"};
  static const std::vector<std::string> places = {"Oslo", "Geneva", "Paris", "Nairobi"};
  const auto n = static_cast<std::size_t>(number);
  return article_bytes(
      fmt::format("2023-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
      fmt::format("Talks {} in {}\n\n\"We met {} times,\" said {} in {} on Monday. The treaty of "
                  "2019 was named.",
                  number, places[n % 4], number, speakers[n % 4], places[n / 4 % 4]));
}

std::string dump(const fs::path& database) {
  std::string text;
  dump_index(database, [&](const std::string& line) { text += line + '\n'; });
  return text;
}

RunReport IndexBench::run(bool rebuild, RemovalLimit limit, unsigned threads) const {
  return run_index({.database = database,
                    .folders = {archive},
                    .rebuild = rebuild,
                    .removal_limit = limit,
                    .threads = threads},
                   extractor());
}

std::string IndexBench::dump_from_scratch() const {
  const fs::path fresh = folder / "fresh.db";
  fs::remove_all(fresh);
  run_index({.database = fresh, .folders = {archive}, .removal_limit = {1000}}, extractor());
  return dump(fresh);
}

}  // namespace dateline::test
