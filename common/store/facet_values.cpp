#include "common/store/facet_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/place_entry.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

struct AsFacetValue {
  FacetValue operator()(std::string_view name) const {
    const std::string line = single_spaced(name);
    return {line, line};
  }
  FacetValue operator()(const Place* place) const {
    return {fmt::format("{}", place->id), to_place_entry(*place)};
  }
  FacetValue operator()(const PartialDate& date) const { return (*this)(to_string(date)); }
};

}  // namespace

std::vector<FacetValue> facet_values(const Record& record, Facet facet) {
  std::vector<FacetValue> values;
  for (const auto& value : info(facet).values(record))
    values.push_back(std::visit(AsFacetValue{}, value));
  std::ranges::sort(values);
  const auto repeated = std::ranges::unique(values, {}, &FacetValue::key);
  values.erase(repeated.begin(), repeated.end());
  return values;
}

std::string facet_key(Facet facet, std::string_view entry) {
  const bool place = info(facet).kind == FieldKind::place;
  return std::string(place ? entry.substr(0, entry.find('\t')) : entry);
}

}  // namespace dateline
