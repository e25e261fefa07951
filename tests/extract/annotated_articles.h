// The annotated articles of tests/data, and the one extractor that the tests of this room share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/extract/extractor.h"

namespace dateline::test {

// With the checkout's data, loaded at first use.
const Extractor& extractor();

// Of tests/data/`folder`: the lines of its gold.jsonl, and what is extracted from one of its
// articles.
std::vector<nlohmann::json> gold(const std::string& folder);
Record extracted(const std::string& folder, const std::string& name);

}  // namespace dateline::test
