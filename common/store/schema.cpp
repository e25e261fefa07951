#include "common/store/schema.h"

#include <fmt/format.h>

#include "common/text/number.h"
#include "common/text/stable_hash.h"

namespace dateline {

bool is_readable_schema(std::string_view version) {
  const auto number = parse_number<int>(version);
  return number && *number >= kOldestReadSchema && *number <= kSchemaVersion;
}

namespace {

template <std::size_t rows>
std::optional<Field> named(const std::array<FieldInfo, rows>& fields, std::string_view name) {
  for (const auto& field : fields) {
    if (field.name == name) return field.field;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Field> parse_field(std::string_view name) { return named(kFields, name); }
std::optional<Facet> parse_facet(std::string_view name) { return named(kFacets, name); }

std::string make_term(std::string_view prefix, std::string_view value) {
  std::string term{prefix};
  term += value;
  if (term.size() <= kLongestTerm) return term;
  term.resize(kLongestTerm - 16);
  return term + fmt::format("{:016x}", stable_hash(value));
}

}  // namespace dateline
