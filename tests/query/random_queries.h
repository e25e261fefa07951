// Queries as people might put them, of the words and values that an index has; the same ones at
// every run.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "query/searcher.h"

namespace dateline::test {

// Queries of one to three parts: words, phrases, names, places and dates.
class RandomQueries {
 public:
  // Reads its values from the index; the searcher need not outlive it.
  explicit RandomQueries(Searcher& searcher);

  std::string next();

 private:
  std::size_t pick(std::size_t size) {
    return std::uniform_int_distribution<std::size_t>(0, size - 1)(random_);
  }
  std::string part();

  std::mt19937 random_{20240701};
  std::vector<std::vector<std::string>> values_;
};

}  // namespace dateline::test
