#include "common/store/schema.h"

#include <fmt/format.h>

#include <charconv>

#include "common/text/stable_hash.h"

namespace dateline {

bool is_readable_schema(std::string_view version) {
  int number = 0;
  const auto read = std::from_chars(version.data(), version.data() + version.size(), number);
  const bool whole = read.ec == std::errc{} && read.ptr == version.data() + version.size();
  return whole && number >= kOldestReadSchema && number <= kSchemaVersion;
}

std::optional<Field> parse_field(std::string_view name) {
  for (const auto& field : kFields) {
    if (field.name == name) return field.field;
  }
  return std::nullopt;
}

std::optional<Facet> parse_facet(std::string_view name) {
  for (const auto& facet : kFacets) {
    if (facet.name == name) return facet.facet;
  }
  return std::nullopt;
}

std::string make_term(std::string_view prefix, std::string_view value) {
  std::string term{prefix};
  term += value;
  if (term.size() <= kLongestTerm) return term;
  term.resize(kLongestTerm - 16);
  return term + fmt::format("{:016x}", stable_hash(value));
}

}  // namespace dateline
