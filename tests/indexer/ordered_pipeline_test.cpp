#include "indexer/run/ordered_pipeline.h"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace dateline;

namespace {

const auto squares = [] { return [](std::size_t n) { return n * n; }; };

}  // namespace

TEST_CASE("results come in order from any number of threads and any window") {
  for (const unsigned threads : {1u, 2u, 7u}) {
    for (const std::size_t window : {1u, 3u, 64u}) {
      std::vector<std::size_t> seen;
      run_ordered<std::size_t>(200, threads, window, squares,
                               [&](std::size_t number, std::size_t square) {
                                 REQUIRE(square == number * number);
                                 seen.push_back(number);
                                 return true;
                               });
      CHECK(seen.size() == 200);
      CHECK(std::is_sorted(seen.begin(), seen.end()));
    }
  }
}

TEST_CASE("a consumer that says no ends the work") {
  std::size_t consumed = 0;
  run_ordered<std::size_t>(1000, 4, 8, squares,
                           [&](std::size_t, std::size_t) { return ++consumed < 10; });
  CHECK(consumed == 10);
}

TEST_CASE("an exception of either side comes out, and nothing hangs") {
  const auto failing = [] {
    return [](std::size_t n) -> std::size_t {
      if (n == 50) throw std::runtime_error("fifty");
      return n;
    };
  };
  CHECK_THROWS_WITH(
      run_ordered<std::size_t>(1000, 3, 4, failing, [](std::size_t, std::size_t) { return true; }),
      "fifty");
  const auto refuse = [](std::size_t n, std::size_t) -> bool {
    if (n == 20) throw std::runtime_error("twenty");
    return true;
  };
  CHECK_THROWS_WITH(run_ordered<std::size_t>(1000, 3, 4, squares, refuse), "twenty");
}

TEST_CASE("nothing to do is done at once") {
  run_ordered<std::size_t>(0, 3, 4, squares, [](std::size_t, std::size_t) -> bool {
    throw std::logic_error("consumed");
  });
  SUCCEED("returned");
}
