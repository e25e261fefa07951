#include "common/country_name.h"

#include <fmt/format.h>

namespace dateline {
namespace {

// What stands before the mark, which is taken away with it.
std::string_view take_until(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const auto taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

}  // namespace

std::string to_text(const std::vector<CountryName>& countries) {
  std::string text;
  for (const auto& country : countries) text += fmt::format("{}\t{}\t{}\n", country.code, country.code3, fmt::join(country.names, "|"));
  return text;
}

std::vector<CountryName> parse_country_names(std::string_view text) {
  std::vector<CountryName> countries;
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    CountryName country{.code = std::string(take_until(line, '\t')), .code3 = std::string(take_until(line, '\t')), .names = {}};
    while (!line.empty()) country.names.emplace_back(take_until(line, '|'));
    if (!country.code.empty() && !country.names.empty()) countries.push_back(std::move(country));
  }
  return countries;
}

}  // namespace dateline
