#include "tests/query/no_glass_table.h"

#include <catch2/catch.hpp>

#include "query/index/index_reader.h"
#include "tests/query/sample_index.h"

using namespace dateline;
using namespace dateline::test;

TEST_CASE("the tests of this program read no table themselves") {
  const int before = tables_refused();
  REQUIRE(!searcher().search(request("talks")).hits.empty());
  CHECK(tables_refused() > before);
}
