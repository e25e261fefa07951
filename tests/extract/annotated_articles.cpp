#include "tests/extract/annotated_articles.h"

#include <fstream>
#include <iterator>
#include <sstream>

#include "indexer/formats/article_format.h"

namespace dateline::test {
namespace {

std::string file_text(const std::string& folder, const std::string& name) {
  std::ifstream in(DATELINE_SOURCE "/tests/data/" + folder + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

const Extractor& extractor() {
  static const Extractor loaded = Extractor::load(DATELINE_SOURCE "/data");
  return loaded;
}

std::vector<nlohmann::json> gold(const std::string& folder) {
  std::vector<nlohmann::json> records;
  std::istringstream lines(file_text(folder, "gold.jsonl"));
  for (std::string line; std::getline(lines, line);) records.push_back(nlohmann::json::parse(line));
  return records;
}

Record extracted(const std::string& folder, const std::string& name) {
  return extractor().extract(parse_article(name, file_text(folder, name)));
}

}  // namespace dateline::test
