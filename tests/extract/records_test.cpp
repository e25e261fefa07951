// Has what is extracted changed without the rules' version being raised?
// (indexer/extract/rules_version.h)
//
// records.tsv has a row for each version of rules, tables and sample articles that gave other
// records than the row above, with a hash of the sample archive's records. The same rules, tables
// and articles must give the same records on every machine.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <vector>

#include "common/record_json.h"
#include "common/store/schema.h"
#include "common/text/stable_hash.h"
#include "common/text/take_until.h"
#include "indexer/extract/rules_version.h"
#include "indexer/formats/article_format.h"
#include "tests/extract/annotated_articles.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

struct Sample {
  std::string articles;  // a hash of them
  std::string records;   // a hash of what is extracted from them
};

std::vector<fs::path> articles_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    if (item.path().extension() == ".txt") files.push_back(item.path());
  }
  std::ranges::sort(files);
  return files;
}

Sample read_sample() {
  const fs::path folder = data_folder() / "sample";
  std::uint64_t articles = stable_hash("");
  std::uint64_t records = stable_hash("");
  for (const auto& file : articles_below(folder)) {
    const std::string bytes = read_file(file);
    const Article article = parse_article(file.lexically_relative(folder).string(), bytes);
    articles = stable_hash(bytes, articles);
    records = stable_hash(to_json_line(article, extractor().extract(article)), records);
  }
  return {.articles = fmt::format("{:016x}", articles), .records = fmt::format("{:016x}", records)};
}

}  // namespace

TEST_CASE("whoever changes what is extracted raises the version of the rules") {
  const Sample sample = read_sample();
  const std::string made_by =
      fmt::format("{}\t{}\t{}\t", kRulesVersion, extractor().fingerprint(), sample.articles);
  std::vector<std::string> rows;
  std::string last;
  for (const auto& row :
       parts_of<std::string>(read_file(source_folder() / "tests/extract/records.tsv"), '\n')) {
    if (row.starts_with(made_by)) rows.push_back(row);
    if (!row.empty()) last = row;
  }
  const std::string version = fmt::format("{}\t", kRulesVersion);
  const bool as_before = rows.empty() && last.starts_with(version) &&
                         last.ends_with(fmt::format("\t{}\t{}", sample.articles, sample.records));
  if (as_before) return;  // other tables, the same records
  INFO(
      "Records of the sample archive: raise kRulesVersion when rules changed them, then append "
      "this row to tests/extract/records.tsv:");
  CHECK(rows == std::vector<std::string>{made_by + sample.records});
}
