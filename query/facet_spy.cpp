#include "query/facet_spy.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/error.h"
#include "common/name_key.h"
#include "common/packed_day.h"
#include "common/unicode.h"

namespace dateline {
namespace {

PartialDate unit_of(Facet facet, Day day) {
  if (facet == Facet::year) return year_value(day);
  if (facet == Facet::month) return month_value(day);
  return day_value(day);
}

// Does a word of the value start with the prefix? Both folded.
bool has_word_with_prefix(const std::string& value, const std::string& prefix) {
  const std::string key = name_key(value);
  for (auto at = key.find(prefix); at != std::string::npos; at = key.find(prefix, at + 1)) {
    if (at == 0 || key[at - 1] == ' ') return true;
  }
  return false;
}

}  // namespace

FacetSpy::FacetSpy(const std::vector<FacetRequest>& facets, const IndexReader& index) : index_(index), facets_(facets) {
  for (const auto& request : facets) {
    const Slot slot = info(request.facet).slot;
    if (std::ranges::find(slots_, slot, &SlotCounts::slot) != slots_.end()) continue;
    const auto* merged = info(request.facet).has_ordinals ? &index.merged_ordinals(request.facet) : nullptr;
    const std::string first_day = index.database().get_value_lower_bound(static_cast<Xapian::valueno>(Slot::date));
    slots_.push_back({.slot = slot, .facet = request.facet, .merged = merged == nullptr || merged->empty() ? nullptr : merged,
                      .first_day = packed_day_number(first_day)});
  }
}

FacetSpy::SlotCounts& FacetSpy::counts_of(Facet facet) { return *std::ranges::find(slots_, info(facet).slot, &SlotCounts::slot); }
const FacetSpy::SlotCounts& FacetSpy::counts_of(Facet facet) const { return *std::ranges::find(slots_, info(facet).slot, &SlotCounts::slot); }

void FacetSpy::count(SlotCounts& counts, Ordinal number) {
  if (number >= counts.by_number.size()) counts.by_number.resize(number + 1u, 0);
  ++counts.by_number[number];
}

// A document with two spellings of one person counts once for that person.
void FacetSpy::count_merged(SlotCounts& counts, Ordinal ordinal, std::uint32_t document) {
  const auto merged = counts.merged->find(ordinal);
  if (merged != counts.merged->end()) ordinal = merged->second;
  if (ordinal == IndexReader::kNoName) return;
  if (ordinal >= counts.last_document.size()) counts.last_document.resize(ordinal + 1u, 0);
  if (std::exchange(counts.last_document[ordinal], document) != document) count(counts, ordinal);
}

bool FacetSpy::count_day(SlotCounts& counts, std::uint32_t day) {
  if (day < counts.first_day) return false;
  count(counts, day - counts.first_day);
  return true;
}

void FacetSpy::operator()(const Xapian::Document& document, double) {
  ++document_;
  for (auto& counts : slots_) {
    const std::string packed = document.get_value(static_cast<Xapian::valueno>(counts.slot));
    bool good = true;
    if (counts.slot == Slot::date) good = count_day(counts, packed_day_number(packed));
    else if (counts.merged == nullptr) good = for_each_ordinal(packed, [&](Ordinal ordinal) { count(counts, ordinal); });
    else good = for_each_ordinal(packed, [&](Ordinal ordinal) { count_merged(counts, ordinal, document_); });
    if (!good) counts.damaged = true;
  }
}

std::vector<FacetResult> FacetSpy::results(const SearchRequest& request) const {
  std::vector<FacetResult> results;
  for (const auto& facet : facets_) results.push_back(result(facet, request));
  return results;
}

std::vector<FacetCount> FacetSpy::date_values(const SlotCounts& counts, Facet facet) const {
  std::vector<FacetCount> values;
  std::optional<PartialDate> unit;
  for (std::size_t number = 0; number < counts.by_number.size(); ++number) {
    if (counts.by_number[number] == 0) continue;
    const PartialDate of_day = unit_of(facet, numbered_day(counts.first_day + static_cast<std::uint32_t>(number)));
    if (unit != of_day) values.push_back({to_string(of_day), 0});
    unit = of_day;
    values.back().count += counts.by_number[number];
  }
  return values;
}

// Names are looked up for those that can be shown only: all that reach the count of the last one in the list.
std::vector<FacetCount> FacetSpy::named_values(const SlotCounts& counts, const FacetRequest& facet, const SearchRequest& request, std::uint64_t& distinct) const {
  std::vector<std::pair<std::uint32_t, Ordinal>> used;
  for (std::size_t i = 0; i < counts.by_number.size(); ++i) {
    if (counts.by_number[i] > 0) used.emplace_back(counts.by_number[i], static_cast<Ordinal>(i));
  }
  distinct = used.size();
  const bool by_count = request.facet_sort == FacetSort::count && request.facet_prefix.empty();
  if (by_count && facet.most && *facet.most > 0 && used.size() > *facet.most) {
    const auto last = used.begin() + static_cast<std::ptrdiff_t>(*facet.most - 1);
    std::ranges::nth_element(used, last, std::greater<>{}, &std::pair<std::uint32_t, Ordinal>::first);
    std::erase_if(used, [least = last->first](const auto& value) { return value.first < least; });
  }
  std::vector<FacetCount> values;
  for (const auto& [count, ordinal] : used) values.push_back({index_.value_name(facet.facet, ordinal), count});
  return values;
}

FacetResult FacetSpy::result(const FacetRequest& facet, const SearchRequest& request) const {
  const SlotCounts& counts = counts_of(facet.facet);
  if (counts.damaged) throw Error("a facet slot holds no list of ordinals, or no day: the index is damaged", "rebuild it with dateline-index --rebuild");
  FacetResult result{.facet = facet.facet, .values = {}, .distinct = 0};
  std::vector<FacetCount>& values = result.values;
  if (counts.slot == Slot::date) {
    values = date_values(counts, facet.facet);
    result.distinct = values.size();
  } else {
    values = named_values(counts, facet, request, result.distinct);
  }
  const std::string prefix = name_key(request.facet_prefix);
  std::erase_if(values, [&](const FacetCount& value) {
    return value.count < request.facet_min || (!prefix.empty() && !has_word_with_prefix(value.value, prefix));
  });
  std::ranges::sort(values, [&](const FacetCount& a, const FacetCount& b) {
    if (request.facet_sort == FacetSort::count && a.count != b.count) return a.count > b.count;
    return a.value < b.value;
  });
  if (facet.most && values.size() > *facet.most) values.resize(*facet.most);
  return result;
}

}  // namespace dateline
