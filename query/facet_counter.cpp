#include "query/facet_counter.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/name_key.h"
#include "common/packed_day.h"
#include "common/unicode.h"

namespace dateline {
namespace {

using Values = std::vector<FacetCount>;

PartialDate unit_of(Facet facet, Day day) {
  if (facet == Facet::year) return year_value(day);
  if (facet == Facet::month) return month_value(day);
  return day_value(day);
}

Values date_values(const std::vector<DayCount>& days, Facet facet) {
  Values values;
  std::optional<PartialDate> unit;
  for (const auto& [day, count] : days) {
    const PartialDate of_day = unit_of(facet, numbered_day(day));
    if (unit != of_day) values.push_back({to_string(of_day), 0});
    unit = of_day;
    values.back().count += count;
  }
  return values;
}

// Names are looked up for those that can be shown only: all that reach the count of the last one in the list.
Values named_values(const OrdinalCounts& counts, const FacetRequest& facet, const SearchRequest& request, const IndexReader& index, std::uint64_t& distinct) {
  std::vector<std::pair<std::uint32_t, Ordinal>> used;
  for (std::size_t i = 0; i < counts.by_ordinal.size(); ++i) {
    if (counts.by_ordinal[i] > 0) used.emplace_back(counts.by_ordinal[i], static_cast<Ordinal>(i));
  }
  distinct = used.size();
  const bool by_count = request.facet_sort == FacetSort::count && request.facet_prefix.empty();
  if (by_count && facet.most && *facet.most > 0 && used.size() > *facet.most) {
    const auto last = used.begin() + static_cast<std::ptrdiff_t>(*facet.most - 1);
    std::ranges::nth_element(used, last, std::greater<>{}, &std::pair<std::uint32_t, Ordinal>::first);
    std::erase_if(used, [least = last->first](const auto& value) { return value.first < least; });
  }
  Values values;
  for (const auto& [count, ordinal] : used) values.push_back({index.value_name(facet.facet, ordinal), count});
  return values;
}

}  // namespace

OrdinalCounts count_ordinals(Facet facet, const Documents& documents, const Columns& columns) {
  const OrdinalColumn& column = columns.ordinals(facet);
  OrdinalCounts counts{.by_ordinal = std::vector<std::uint32_t>(column.most, 0), .documents = documents.size()};
  for (const auto id : documents) {
    for (auto i = column.begin[id]; i < column.begin[id + 1]; ++i) ++counts.by_ordinal[column.values[i]];
  }
  return counts;
}

std::vector<DayCount> count_days(const Documents& documents, const Columns& columns) {
  const auto& days = columns.days();
  if (documents.empty()) return {};
  std::uint32_t first = days[documents.front()];
  std::uint32_t last = first;
  for (const auto id : documents) {
    first = std::min(first, days[id]);
    last = std::max(last, days[id]);
  }
  std::vector<std::uint32_t> counts(last - first + 1, 0);
  for (const auto id : documents) ++counts[days[id] - first];
  std::vector<DayCount> used;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) used.push_back({first + i, counts[i]});
  }
  return used;
}

FacetResult count_facet(const FacetRequest& facet, const SearchRequest& request, const Documents& documents, const Columns& columns, const IndexReader& index) {
  FacetResult result{.facet = facet.facet, .values = {}, .distinct = 0};
  Values& values = result.values;
  if (info(facet.facet).has_ordinals) {
    values = named_values(count_ordinals(facet.facet, documents, columns), facet, request, index, result.distinct);
  } else {
    values = date_values(count_days(documents, columns), facet.facet);
    result.distinct = values.size();
  }
  const std::string prefix = name_key(request.facet_prefix);
  std::erase_if(values, [&](const FacetCount& value) {
    return value.count < request.facet_min || (!prefix.empty() && !has_part(name_key(value.value), prefix, true));
  });
  std::ranges::sort(values, [&](const FacetCount& a, const FacetCount& b) {
    if (request.facet_sort == FacetSort::count && a.count != b.count) return a.count > b.count;
    return a.value < b.value;
  });
  if (facet.most && values.size() > *facet.most) values.resize(*facet.most);
  return result;
}

}  // namespace dateline
