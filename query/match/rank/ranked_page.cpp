#include "query/match/rank/ranked_page.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <utility>

namespace dateline {
namespace {

constexpr std::size_t kBlock = 64;  // values looked at together

struct ScoredDocument {
  double value;  // higher comes first
  std::uint32_t day;
  Xapian::docid id;
};

// What the order by date goes by, of each match.
std::vector<double> dates_of(const Matches& matches, SortOrder order,
                             const std::vector<std::uint32_t>& days) {
  std::vector<double> values;
  values.reserve(matches.documents.size());
  for (const auto id : matches.documents)
    values.push_back(order == SortOrder::newest ? days[id] : -static_cast<double>(days[id]));
  return values;
}

// Four at a time, so that no comparison waits for the one before.
double highest_of(const double* begin, const double* end) {
  double highest[4] = {*begin, *begin, *begin, *begin};
  for (; end - begin >= 4; begin += 4) {
    for (int lane = 0; lane < 4; ++lane) highest[lane] = std::max(highest[lane], begin[lane]);
  }
  for (; begin != end; ++begin) highest[0] = std::max(highest[0], *begin);
  return std::max(std::max(highest[0], highest[1]), std::max(highest[2], highest[3]));
}

// Places of all values that are as high as that of `rank` (from 1) or higher, by way of a heap of
// the highest seen so far.
std::vector<std::size_t> places_of_few_best(const std::vector<double>& values, std::size_t rank) {
  std::vector<double> best(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank));
  std::ranges::make_heap(best, std::greater<>{});
  std::vector<std::size_t> places(rank);
  std::iota(places.begin(), places.end(), std::size_t{0});
  for (std::size_t block = rank; block < values.size(); block += kBlock) {
    const std::size_t end = std::min(block + kBlock, values.size());
    if (highest_of(values.data() + block, values.data() + end) < best.front()) continue;
    for (std::size_t i = block; i < end; ++i) {
      if (values[i] < best.front()) continue;
      places.push_back(i);
      if (values[i] == best.front()) continue;
      std::ranges::pop_heap(best, std::greater<>{});
      best.back() = values[i];
      std::ranges::push_heap(best, std::greater<>{});
    }
  }
  std::erase_if(places, [&](std::size_t place) { return values[place] < best.front(); });
  return places;
}

std::vector<std::size_t> places_of_best(const std::vector<double>& values, std::size_t rank) {
  constexpr std::size_t kFew = 100;
  if (rank <= kFew) return places_of_few_best(values, rank);
  std::vector<double> copy = values;
  const auto at = copy.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::ranges::nth_element(copy, at, std::greater<>{});
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] >= *at) places.push_back(i);
  }
  return places;
}

bool are_tied(const ScoredDocument& a, const ScoredDocument& b) {
  return a.value == b.value && a.day == b.day;
}

void sort_by_path(std::vector<ScoredDocument>::iterator begin,
                  std::vector<ScoredDocument>::iterator end, const IndexReader& index) {
  std::vector<std::pair<std::string, ScoredDocument>> paths;
  for (auto at = begin; at != end; ++at) paths.emplace_back(index.path_of(at->id), *at);
  std::ranges::sort(paths, {}, &std::pair<std::string, ScoredDocument>::first);
  std::ranges::transform(paths, begin, &std::pair<std::string, ScoredDocument>::second);
}

// Runs of candidates that are tied and reach into the page.
void sort_ties(std::vector<ScoredDocument>& candidates, std::size_t first, std::size_t end,
               const IndexReader& index) {
  for (std::size_t run = 0; run < end;) {
    std::size_t after = run + 1;
    while (after < candidates.size() && are_tied(candidates[after], candidates[run])) ++after;
    const auto begin = candidates.begin();
    if (after > first && after - run > 1)
      sort_by_path(begin + static_cast<std::ptrdiff_t>(run),
                   begin + static_cast<std::ptrdiff_t>(after), index);
    run = after;
  }
}

}  // namespace

std::vector<RankedDocument> find_ranked_page(const Matches& matches, SortOrder order,
                                             std::size_t first, std::size_t most,
                                             const Columns& columns, const IndexReader& index) {
  const std::size_t size = matches.documents.size();
  const std::size_t end = first + std::min(most, size - std::min(first, size));
  if (first >= size || first == end) return {};
  const auto& days = columns.days();
  const std::vector<double> by_date =
      order == SortOrder::relevance ? std::vector<double>(matches.weights.empty() ? size : 0, 0)
                                    : dates_of(matches, order, days);
  const std::vector<double>& values = by_date.empty() ? matches.weights : by_date;
  std::vector<ScoredDocument> candidates;
  for (const std::size_t place : places_of_best(values, end))
    candidates.push_back({values[place], days[matches.documents[place]], matches.documents[place]});
  std::ranges::sort(candidates, [](const ScoredDocument& a, const ScoredDocument& b) {
    return a.value != b.value ? a.value > b.value : a.day > b.day;
  });
  sort_ties(candidates, first, end, index);
  std::vector<RankedDocument> page;
  for (std::size_t i = first; i < end; ++i)
    page.push_back({.id = candidates[i].id,
                    .weight = order == SortOrder::relevance ? candidates[i].value : 0,
                    .day = candidates[i].day});
  return page;
}

}  // namespace dateline
