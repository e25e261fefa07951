#include "indexer/database/facet_dictionary.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("a value keeps its ordinal, and chunks hold what changed") {
  FacetDictionary dictionary(Facet::speaker);
  CHECK(dictionary.pack({{"Anna Lind", "Anna Lind"}, {"Bo Ek", "Bo Ek"}}) == pack_ordinals({0, 1}));
  CHECK(dictionary.pack({{"Bo Ek", "Bo Ek"}}) == pack_ordinals({1}));
  using Chunks = std::vector<std::pair<std::size_t, std::string>>;
  CHECK(dictionary.take_changed_chunks() == Chunks{{0, "Anna Lind\nBo Ek\n"}});
  CHECK(dictionary.take_changed_chunks().empty());
}

TEST_CASE("what one run stored the next one continues") {
  FacetDictionary first(Facet::speaker);
  for (int i = 0; i < 300; ++i) first.ordinal_of({std::to_string(i), std::to_string(i)});
  FacetDictionary second(Facet::speaker);
  for (const auto& [number, lines] : first.take_changed_chunks()) second.load_chunk(lines);
  CHECK(second.entries() == first.entries());
  CHECK(second.ordinal_of({"299", "299"}) == 299);
  CHECK(second.ordinal_of({"new", "new"}) == 300);
  CHECK(second.take_changed_chunks().front().first == 1);
}

TEST_CASE("a place is known by its id and keeps its latest entry") {
  FacetDictionary places(Facet::place);
  places.load_chunk("7\tParis\tParis\tcity\tFR\t\t48\t2\t\n");
  CHECK(places.ordinal_of({"7", "7\tParis, FR\tParis\tcity\tFR\t\t48\t2\t"}) == 0);
  CHECK(places.take_changed_chunks().front().second ==
        "7\tParis, FR\tParis\tcity\tFR\t\t48\t2\t\n");
}

TEST_CASE("an entry of two lines is refused: it would rename every value behind it") {
  FacetDictionary places(Facet::place);
  CHECK_THROWS_WITH(places.ordinal_of({"7", "7\tEast\nBay"}),
                    Catch::Contains("more than one line"));
}

TEST_CASE(
    "a name that is not used any more leaves an empty line, and its ordinal is not given again") {
  FacetDictionary first(Facet::speaker);
  first.load_chunk("Anna Lind\nBo Ek\nCy Dow\n");
  first.forget_unused({true, false});
  const auto chunks = first.take_changed_chunks();
  using Chunks = std::vector<std::pair<std::size_t, std::string>>;
  CHECK(chunks == Chunks{{0, "Anna Lind\n\nCy Dow\n"}});
  FacetDictionary second(Facet::speaker);
  second.load_chunk(chunks.front().second);
  for (auto* dictionary : {&first, &second}) {
    CHECK(dictionary->ordinal_of({"Cy Dow", "Cy Dow"}) == 2);
    CHECK(dictionary->ordinal_of({"Bo Ek", "Bo Ek"}) == 3);
  }
}
