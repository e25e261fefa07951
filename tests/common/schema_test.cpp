#include "common/store/schema.h"

#include <catch2/catch.hpp>
#include <set>

using namespace dateline;

TEST_CASE("every field and facet is found by its name") {
  for (const auto& field : kFields) CHECK(parse_field(field.name) == field.field);
  for (const auto& facet : kFacets) CHECK(parse_facet(facet.name) == facet.field);
  CHECK_FALSE(parse_field("speker"));
  CHECK_FALSE(parse_facet(""));
}

TEST_CASE("a value too long for a term is cut and told apart by a hash") {
  const std::string a = make_term("XS", std::string(500, 'a') + "1");
  const std::string b = make_term("XS", std::string(500, 'a') + "2");
  CHECK(a != b);
  CHECK(a.size() == kLongestTerm);
  CHECK(make_term("XS", "lind") == "XSlind");
}

TEST_CASE("facets with ordinals have slots of their own") {
  std::set<Slot> slots{Slot::date, Slot::path, Slot::file_state};
  for (const auto& facet : kFacets) {
    if (facet.has_ordinals()) CHECK(slots.insert(facet.slot).second);
  }
}
