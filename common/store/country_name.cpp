#include "common/store/country_name.h"

#include <fmt/format.h>

#include "common/text/take_until.h"

namespace dateline {

std::string to_text(const std::vector<CountryName>& countries) {
  std::string text;
  for (const auto& country : countries)
    text += fmt::format("{}\t{}\t{}\n", country.code, country.code3, fmt::join(country.names, "|"));
  return text;
}

std::vector<CountryName> parse_country_names(std::string_view text) {
  std::vector<CountryName> countries;
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    CountryName country{.code = std::string(take_until(line, '\t')),
                        .code3 = std::string(take_until(line, '\t')),
                        .names = {}};
    country.names = parts_of<std::string>(line, '|');
    if (!country.code.empty() && !country.names.empty()) countries.push_back(std::move(country));
  }
  return countries;
}

}  // namespace dateline
