#include "indexer/alias_table.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("a middle initial does not make another person; the commonest form is shown") {
  CHECK(make_alias_table({{"Antony Blinken", 9}, {"Antony J. Blinken", 2}, {"Anna Lind", 4}}) ==
        AliasTable{{"antony blinken", "Antony Blinken"}, {"antony j blinken", "Antony Blinken"}});
}

TEST_CASE("among equally common forms the longest is shown, then the first in byte order") {
  CHECK(make_alias_table({{"Ann Lee", 1}, {"Ann B. Lee", 1}}).at("ann lee") == "Ann B. Lee");
  CHECK(make_alias_table({{"Jose Diaz", 1}, {"JOSE DIAZ", 1}}).at("jose diaz") == "JOSE DIAZ");
}

TEST_CASE("two persons of one surname stay two, and so do two different initials") {
  CHECK(make_alias_table({{"Bill Clinton", 5}, {"Hillary Clinton", 7}}).empty());
  CHECK(make_alias_table({{"John A. Smith", 5}, {"John B. Smith", 7}, {"John Smith", 2}}).empty());
}
