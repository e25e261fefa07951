#include "common/store/ordinals.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "common/error.h"
#include "common/store/packed_day.h"

using namespace dateline;

TEST_CASE("ordinals are packed as varints of their gaps") {
  CHECK(pack_ordinals({3, 17, 18}) == "\x03\x0e\x01");
}

TEST_CASE("what is packed comes back") {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::set<Ordinal> chosen;
    for (auto i = random() % 20; i > 0; --i)
      chosen.insert(static_cast<Ordinal>(random() >> (random() % 32)));
    const std::vector<Ordinal> ordinals(chosen.begin(), chosen.end());
    REQUIRE(unpack_ordinals(pack_ordinals(ordinals)) == ordinals);
  }
}

TEST_CASE("damaged lists are errors") {
  CHECK_THROWS_AS(unpack_ordinals("\x80"), Error);                      // ends inside a number
  CHECK_THROWS_AS(unpack_ordinals(std::string("\x05\x00", 2)), Error);  // the same ordinal twice
  CHECK_THROWS_AS(unpack_ordinals("\xff\xff\xff\xff\xff\xff\x01"), Error);  // over 32 bits
}

TEST_CASE("days pack into four bytes that sort as they do") {
  const auto first = *make_day(1, 1, 1);
  const auto last = *make_day(9999, 12, 31);
  CHECK(unpack_day(pack_day(first)) == first);
  CHECK(unpack_day(pack_day(last)) == last);
  CHECK(pack_day(first).size() == 4);
  CHECK(pack_day(*make_day(1969, 12, 31)) < pack_day(*make_day(1970, 1, 1)));
}
