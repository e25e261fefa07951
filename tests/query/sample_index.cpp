#include "tests/query/sample_index.h"

#include <sstream>
#include <stdexcept>

#include "query/render/notice_text.h"
#include "tests/support/program.h"

namespace dateline::test {

SampleIndex::SampleIndex() {
  const std::string archive = (source_folder() / "data/sample").string();
  const Outcome outcome = run("dateline-index", {"--quiet", "--db", database(), archive});
  if (outcome.status != 0) throw std::runtime_error(outcome.err);
  std::istringstream lines(run("dateline-index", {"--extract", archive}).out);
  for (std::string line; std::getline(lines, line);) records.push_back(nlohmann::json::parse(line));
}

const SampleIndex& sample() {
  static const SampleIndex made;
  return made;
}

Searcher& searcher() {
  static Searcher opened(sample().database());
  return opened;
}

SearchRequest request(std::string query) {
  SearchRequest made;
  made.query = std::move(query);
  made.limit = 1000;
  made.snippets = false;
  made.today = *make_day(2024, 7, 1);
  return made;
}

std::set<std::string> paths(const ResultSet& results) {
  std::set<std::string> found;
  for (const auto& hit : results.hits) found.insert(hit.path);
  return found;
}

std::vector<std::string> noticed(const ResultSet& results) {
  std::vector<std::string> texts;
  for (const auto& notice : results.notices) texts.push_back(notice_text(notice));
  return texts;
}

}  // namespace dateline::test
