#include "common/store/schema.h"

#include <fmt/format.h>

#include "common/text/number.h"
#include "common/text/stable_hash.h"

namespace dateline {
namespace {

// What a row added to kSchema must keep.
constexpr bool in_order() {
  for (std::size_t i = 0; i < kSchema.size(); ++i) {
    if (kSchema[i].field != static_cast<Field>(i)) return false;
  }
  return true;
}
constexpr bool distinct_names() {
  for (std::size_t i = 0; i < kSchema.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kSchema[i].name == kSchema[j].name) return false;
    }
  }
  return true;
}
// Prefixes are upper case and values never are: no term of one field is taken for another's.
constexpr bool distinct_prefixes() {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kFields[i].prefix == kFields[j].prefix) return false;
    }
  }
  return true;
}
constexpr bool own_slots() {
  for (std::size_t i = 0; i < kFacets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kFacets[i].has_ordinals() && kFacets[i].slot == kFacets[j].slot) return false;
    }
  }
  return true;
}
static_assert(in_order(), "kSchema is indexed by its enumerators");
static_assert(distinct_names(), "two fields share a name");
static_assert(distinct_prefixes(), "two fields share a prefix");
static_assert(own_slots(), "two facets share a slot");

}  // namespace

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
