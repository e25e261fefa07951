#include "common/store/country_name.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("the table of countries is read as it was written") {
  const std::vector<CountryName> countries{{"GB", "GBR", {"United Kingdom", "UK", "Britain"}},
                                           {"XK", "", {"Kosovo"}}};
  CHECK(to_text(countries) == "GB\tGBR\tUnited Kingdom|UK|Britain\nXK\t\tKosovo\n");
  CHECK(parse_country_names(to_text(countries)) == countries);
  CHECK(parse_country_names("GB\n\tGBR\tUnited Kingdom\n").empty());
}
