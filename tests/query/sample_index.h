// The index of data/sample, made once by the real program, and what the extraction says of its
// articles.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "query/searcher.h"
#include "tests/support/temporary_folder.h"

namespace dateline::test {

struct SampleIndex {
  SampleIndex();
  std::string database() const { return (folder / "sample.db").string(); }

  TemporaryFolder folder;
  std::vector<nlohmann::json> records;  // of `dateline-index --extract`
};

// Made at first use, gone with the program.
const SampleIndex& sample();
Searcher& searcher();

// Every hit, no snippets, on 2024-07-01.
SearchRequest request(std::string query);
std::set<std::string> paths(const ResultSet& results);
// The notices as dateline-query words them.
std::vector<std::string> noticed(const ResultSet& results);

}  // namespace dateline::test
