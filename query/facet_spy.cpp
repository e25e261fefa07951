#include "query/facet_spy.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

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
    SlotCounts counts{.slot = slot, .facet = request.facet, .by_ordinal = {}, .last_document = {}, .merged = {}, .by_day = {}};
    if (info(request.facet).has_ordinals) counts.merged = index.merged_ordinals(request.facet);
    slots_.push_back(std::move(counts));
  }
}

FacetSpy::SlotCounts& FacetSpy::counts_of(Facet facet) { return *std::ranges::find(slots_, info(facet).slot, &SlotCounts::slot); }
const FacetSpy::SlotCounts& FacetSpy::counts_of(Facet facet) const { return *std::ranges::find(slots_, info(facet).slot, &SlotCounts::slot); }

// A document with two spellings of one person counts once for that person.
void FacetSpy::count(SlotCounts& counts, Ordinal ordinal, std::uint64_t document) {
  if (!counts.merged.empty()) {
    const auto merged = counts.merged.find(ordinal);
    if (merged != counts.merged.end()) ordinal = merged->second;
    if (ordinal == IndexReader::kNoName) return;
  }
  if (ordinal >= counts.by_ordinal.size()) {
    counts.by_ordinal.resize(ordinal + 1u, 0);
    counts.last_document.resize(ordinal + 1u, 0);
  }
  if (counts.last_document[ordinal] == document) return;
  counts.last_document[ordinal] = document;
  ++counts.by_ordinal[ordinal];
}

void FacetSpy::operator()(const Xapian::Document& document, double) {
  ++document_;
  for (auto& counts : slots_) {
    const std::string packed = document.get_value(static_cast<Xapian::valueno>(counts.slot));
    if (counts.slot == Slot::date) {
      ++counts.by_day[packed];
      continue;
    }
    if (!for_each_ordinal(packed, [&](Ordinal ordinal) { count(counts, ordinal, document_); })) counts.damaged = true;
  }
}

std::vector<FacetResult> FacetSpy::results(const SearchRequest& request) const {
  std::vector<FacetResult> results;
  for (const auto& facet : facets_) results.push_back(result(facet, request));
  return results;
}

FacetResult FacetSpy::result(const FacetRequest& facet, const SearchRequest& request) const {
  const SlotCounts& counts = counts_of(facet.facet);
  if (counts.damaged) throw Error("a facet slot holds no list of ordinals: the index is damaged", "rebuild it with dateline-index --rebuild");
  FacetResult result{.facet = facet.facet, .values = {}, .distinct = 0};
  std::vector<FacetCount>& values = result.values;
  if (counts.slot == Slot::date) {
    std::map<std::string, std::uint64_t> by_unit;
    for (const auto& [packed, count] : counts.by_day) by_unit[to_string(unit_of(facet.facet, unpack_day(packed)))] += count;
    for (const auto& [value, count] : by_unit) values.push_back({value, count});
  }
  const bool by_name = request.facet_sort == FacetSort::name;
  std::vector<std::pair<std::uint64_t, Ordinal>> used;
  for (std::size_t i = 0; i < counts.by_ordinal.size(); ++i) {
    if (counts.by_ordinal[i] > 0) used.emplace_back(counts.by_ordinal[i], static_cast<Ordinal>(i));
  }
  result.distinct = values.size() + used.size();
  // Names are looked up for those that can be shown only: all that reach the count of the last one in the list.
  if (facet.most && !by_name && request.facet_prefix.empty() && used.size() > *facet.most && *facet.most > 0) {
    std::ranges::nth_element(used, used.begin() + static_cast<std::ptrdiff_t>(*facet.most - 1), std::greater<>{}, &std::pair<std::uint64_t, Ordinal>::first);
    const std::uint64_t least = used[*facet.most - 1].first;
    std::erase_if(used, [&](const auto& value) { return value.first < least; });
  }
  for (const auto& [count, ordinal] : used) values.push_back({index_.value_name(facet.facet, ordinal), count});
  const std::string prefix = name_key(request.facet_prefix);
  std::erase_if(values, [&](const FacetCount& value) {
    return value.count < request.facet_min || (!prefix.empty() && !has_word_with_prefix(value.value, prefix));
  });
  std::ranges::sort(values, [&](const FacetCount& a, const FacetCount& b) {
    if (!by_name && a.count != b.count) return a.count > b.count;
    return a.value < b.value;
  });
  if (facet.most && values.size() > *facet.most) values.resize(*facet.most);
  return result;
}

}  // namespace dateline
