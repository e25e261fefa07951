#include "query/count/facet_counter.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "common/store/packed_day.h"
#include "common/text/name_key.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

using Values = std::vector<FacetCount>;

PartialDate unit_of(Facet facet, Day day) {
  if (info(facet).unit == DateUnit::year) return year_value(day);
  if (info(facet).unit == DateUnit::month) return month_value(day);
  return day_value(day);
}

Values date_values(const std::vector<DayCount>& days, Facet facet) {
  Values values;
  std::uint32_t last = 0;  // day of the unit counted
  for (const auto& [day, count] : days) {
    if (values.empty() || day > last) {
      const PartialDate unit = unit_of(facet, numbered_day(day));
      last = day_number(days_of(unit).last);
      values.push_back({to_string(unit), 0});
    }
    values.back().count += count;
  }
  return values;
}

// Names are looked up for those that can be shown only: all that reach the count of the last one in
// the list.
Values named_values(std::vector<OrdinalCount> used, const FacetRequest& facet,
                    const SearchRequest& request, const IndexReader& index,
                    std::uint64_t& distinct) {
  if (!request.guessed_places)
    std::erase_if(used, [&](const OrdinalCount& value) {
      return index.is_guess(facet.facet, value.ordinal);
    });
  distinct = used.size();
  const bool by_count = request.facet_sort == FacetSort::count && request.facet_prefix.empty();
  if (by_count && facet.most && *facet.most > 0 && used.size() > *facet.most) {
    const auto last = used.begin() + static_cast<std::ptrdiff_t>(*facet.most - 1);
    std::ranges::nth_element(used, last, std::greater<>{}, &OrdinalCount::count);
    std::erase_if(used,
                  [least = last->count](const OrdinalCount& value) { return value.count < least; });
  }
  Values values;
  for (const auto& [ordinal, count] : used)
    values.push_back({index.value_name(facet.facet, ordinal), count});
  return values;
}

// "Josephine Street (Ottawa, CA)" has a part that begins with "ottawa".
std::string key_of_parts(std::string_view value) {
  std::string key = name_key(value);
  std::ranges::replace(key, '(', ' ');
  return key;
}

// As a reader looks for them, Émile beside Emil; equal ones in order of their bytes.
void sort_by_name(Values& values) {
  std::vector<std::pair<std::string, FacetCount>> keyed;
  for (auto& value : values) keyed.emplace_back(fold_name(value.value), std::move(value));
  std::ranges::sort(keyed, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.value < b.second.value;
  });
  values.clear();
  for (auto& [key, value] : keyed) values.push_back(std::move(value));
}

std::vector<OrdinalCount> count_few(Facet facet, const Documents& documents,
                                    const Columns& columns) {
  std::unordered_map<Ordinal, std::uint32_t> counts;
  columns.read_few(facet, documents, [&](Ordinal ordinal) { ++counts[ordinal]; });
  std::vector<OrdinalCount> used;
  for (const auto& [ordinal, count] : counts) used.push_back({ordinal, count});
  return used;
}

}  // namespace

std::vector<OrdinalCount> count_ordinals(Facet facet, const Documents& documents,
                                         Columns& columns) {
  if (columns.should_read_few(facet, documents)) return count_few(facet, documents, columns);
  const OrdinalColumn& column = columns.ordinals(facet);
  auto& tally = columns.tally(column);
  std::vector<OrdinalCount> used;
  for (const auto id : documents) {
    for (auto i = column.begin[id]; i < column.begin[id + 1]; ++i) {
      if (tally[column.values[i]]++ == 0) used.push_back({column.values[i], 0});
    }
  }
  for (auto& [ordinal, count] : used) count = std::exchange(tally[ordinal], 0);
  return used;
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

FacetResult count_facet(const FacetRequest& facet, const SearchRequest& request,
                        const Documents& documents, Columns& columns, const IndexReader& index) {
  FacetResult result{.facet = facet.facet, .values = {}, .distinct = 0};
  Values& values = result.values;
  if (info(facet.facet).has_ordinals()) {
    values = named_values(count_ordinals(facet.facet, documents, columns), facet, request, index,
                          result.distinct);
  } else {
    values = date_values(count_days(documents, columns), facet.facet);
    result.distinct = values.size();
  }
  const std::string prefix = name_key(request.facet_prefix);
  std::erase_if(values, [&](const FacetCount& value) {
    return value.count < request.facet_min ||
           (!prefix.empty() && !has_part(key_of_parts(value.value), prefix, true));
  });
  if (request.facet_sort == FacetSort::name)
    sort_by_name(values);
  else
    std::ranges::sort(values, [](const FacetCount& a, const FacetCount& b) {
      return a.count != b.count ? a.count > b.count : a.value < b.value;
    });
  if (facet.most && values.size() > *facet.most) values.resize(*facet.most);
  return result;
}

}  // namespace dateline
