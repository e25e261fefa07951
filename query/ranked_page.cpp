#include "query/ranked_page.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace dateline {
namespace {

struct Candidate {
  double value;       // higher comes first
  std::uint32_t day;
  Xapian::docid id;
};

// What the order goes by, of each match.
std::vector<double> values_of(const Matches& matches, SortOrder order, const Columns& columns) {
  if (order == SortOrder::relevance) return matches.weights.empty() ? std::vector<double>(matches.documents.size(), 0) : matches.weights;
  const auto& days = columns.days();
  std::vector<double> values;
  values.reserve(matches.documents.size());
  for (const auto id : matches.documents) values.push_back(order == SortOrder::newest ? days[id] : -static_cast<double>(days[id]));
  return values;
}

// The value of the candidate at `rank` of the whole order, from 1. A few are kept in a heap, many are partitioned.
double value_at_rank(const std::vector<double>& values, std::size_t rank) {
  constexpr std::size_t kHeap = 100;
  if (rank > kHeap) {
    std::vector<double> copy = values;
    const auto at = copy.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::ranges::nth_element(copy, at, std::greater<>{});
    return *at;
  }
  std::vector<double> best(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank));
  std::ranges::make_heap(best, std::greater<>{});
  for (std::size_t i = rank; i < values.size(); ++i) {
    if (values[i] <= best.front()) continue;
    std::ranges::pop_heap(best, std::greater<>{});
    best.back() = values[i];
    std::ranges::push_heap(best, std::greater<>{});
  }
  return best.front();
}

bool are_tied(const Candidate& a, const Candidate& b) { return a.value == b.value && a.day == b.day; }

void sort_by_path(std::vector<Candidate>::iterator begin, std::vector<Candidate>::iterator end, const IndexReader& index) {
  std::vector<std::pair<std::string, Candidate>> paths;
  for (auto at = begin; at != end; ++at) paths.emplace_back(index.path_of(index.database().get_document(at->id)), *at);
  std::ranges::sort(paths, {}, &std::pair<std::string, Candidate>::first);
  std::ranges::transform(paths, begin, &std::pair<std::string, Candidate>::second);
}

// Runs of candidates that are tied and reach into the page.
void sort_ties(std::vector<Candidate>& candidates, std::size_t first, std::size_t end, const IndexReader& index) {
  for (std::size_t run = 0; run < end;) {
    std::size_t after = run + 1;
    while (after < candidates.size() && are_tied(candidates[after], candidates[run])) ++after;
    const auto begin = candidates.begin();
    if (after > first && after - run > 1) sort_by_path(begin + static_cast<std::ptrdiff_t>(run), begin + static_cast<std::ptrdiff_t>(after), index);
    run = after;
  }
}

}  // namespace

std::vector<RankedDocument> find_ranked_page(const Matches& matches, SortOrder order, std::size_t first, std::size_t most, const Columns& columns,
                                             const IndexReader& index) {
  const std::size_t size = matches.documents.size();
  const std::size_t end = first + std::min(most, size - std::min(first, size));
  if (first >= size || first == end) return {};
  const auto values = values_of(matches, order, columns);
  const double least = value_at_rank(values, end);
  const auto& days = columns.days();
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < size; ++i) {
    if (values[i] >= least) candidates.push_back({values[i], days[matches.documents[i]], matches.documents[i]});
  }
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) { return a.value != b.value ? a.value > b.value : a.day > b.day; });
  sort_ties(candidates, first, end, index);
  std::vector<RankedDocument> page;
  for (std::size_t i = first; i < end; ++i) page.push_back({candidates[i].id, order == SortOrder::relevance ? candidates[i].value : 0, 0});
  return page;
}

}  // namespace dateline
