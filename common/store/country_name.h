// What countries are called, so that searching needs no gazetteer.
//
// A line of the index's table of countries: "GB\tGBR\tUnited Kingdom|UK|U.K.|Britain|Great
// Britain": both codes of ISO 3166-1, the name that places have among their parents, other names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

struct CountryName {
  std::string code;                // ISO 3166-1 alpha-2
  std::string code3;               // alpha-3; "" when there is none
  std::vector<std::string> names;  // the usual one first
  bool operator==(const CountryName&) const = default;
};

// One country a line. REQUIRES: no tab, '|' or line end in a name.
std::string to_text(const std::vector<CountryName>& countries);

// Lines of another form are left out.
std::vector<CountryName> parse_country_names(std::string_view text);

}  // namespace dateline
