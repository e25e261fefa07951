#include "query/match/rank/neighbours.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/index/article_stems.h"
#include "query/match/rank/ranked_page.h"

namespace dateline {
namespace {

using Hits = std::vector<RankedDocument>;

// A stem in a hit; its numbers begin at 0.
struct TermOfHit {
  std::uint32_t stem;
  std::uint32_t hit;
  double weight;
};

struct Occurrences {
  std::vector<TermOfHit> by_hit;
  std::vector<TermOfHit>
      by_stem;  // those of stem s are by_stem[begin[s]] to by_stem[begin[s + 1]], hits ascending
  std::vector<std::size_t> begin;
};

Occurrences find_occurrences(const Hits& hits, const Matcher& matcher, const IndexReader& index) {
  Occurrences found;
  std::unordered_map<std::string, std::uint32_t> numbers;
  for (std::uint32_t hit = 0; hit < hits.size(); ++hit) {
    for_each_stem(index, hits[hit].id, [&](std::string&& stem, std::uint32_t count) {
      const auto number =
          numbers.try_emplace(std::move(stem), static_cast<std::uint32_t>(numbers.size()))
              .first->second;
      found.by_hit.push_back({number, hit, matcher.saturated(count, hits[hit].id)});
    });
  }
  found.begin.resize(numbers.size() + 1, 0);
  for (const auto& occurrence : found.by_hit) ++found.begin[occurrence.stem + 1];
  std::partial_sum(found.begin.begin(), found.begin.end(), found.begin.begin());
  found.by_stem.resize(found.by_hit.size());
  auto next = found.begin;
  for (const auto& occurrence : found.by_hit) found.by_stem[next[occurrence.stem]++] = occurrence;
  return found;
}

// Rarity is that among the hits, which spares a look at the archive for each stem; what most of
// them have tells none of them apart.
void weigh_by_rarity(Occurrences& found, std::size_t size) {
  std::vector<double> rarities;
  for (std::size_t stem = 0; stem + 1 < found.begin.size(); ++stem) {
    rarities.push_back(std::log(static_cast<double>(size) /
                                static_cast<double>(found.begin[stem + 1] - found.begin[stem])));
  }
  for (auto* occurrences : {&found.by_hit, &found.by_stem}) {
    for (auto& occurrence : *occurrences) occurrence.weight *= rarities[occurrence.stem];
  }
}

// Cosines of every two hits, a row a hit.
std::vector<double> likenesses(const Occurrences& found, std::size_t size) {
  std::vector<double> products(size * size, 0);
  for (const auto& [stem, hit, weight] : found.by_hit) {
    double* row = &products[hit * size];
    for (const auto* other = &found.by_stem[found.begin[stem]]; other->hit < hit; ++other)
      row[other->hit] += weight * other->weight;
    row[hit] += weight * weight;
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double lengths = std::sqrt(products[i * size + i] * products[j * size + j]);
      if (lengths > 0) products[i * size + j] /= lengths;
      products[j * size + i] = products[i * size + j];
    }
  }
  return products;
}

// The mean score of the hits most like hit `i`, by likeness; its own when it is like none.
double score_of_neighbours(const Hits& hits, std::size_t i, const double* likeness) {
  std::vector<std::uint32_t> others;
  for (std::uint32_t j = 0; j < hits.size(); ++j) {
    if (j != i) others.push_back(j);
  }
  const auto end =
      others.begin() + static_cast<std::ptrdiff_t>(std::min(kNeighbours, others.size()));
  std::ranges::partial_sort(others, end, [&](auto a, auto b) {
    return likeness[a] != likeness[b] ? likeness[a] > likeness[b] : a < b;
  });
  double score = 0;
  double all = 0;
  for (auto other = others.begin(); other != end; ++other) {
    score += likeness[*other] * hits[*other].weight;
    all += likeness[*other];
  }
  return all > 0 ? score / all : hits[i].weight;
}

}  // namespace

void smooth_by_neighbours(Matches& matches, const Matcher& matcher, const IndexReader& index) {
  const std::size_t most = std::min<std::size_t>(
      kHitsCompared, matcher.statistics().documents / kArticlesPerComparedHit);
  Hits hits = find_ranked_page(matches, SortOrder::relevance, 0, most, matcher.columns(), index);
  if (hits.empty()) return;
  const double least = hits.back().weight;
  std::ranges::sort(hits, {}, &RankedDocument::id);  // as they lie on the disk
  Occurrences found = find_occurrences(hits, matcher, index);
  weigh_by_rarity(found, hits.size());
  const auto likeness = likenesses(found, hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const double smoothed =
        (1 - kNeighbourShare) * hits[i].weight +
        kNeighbourShare * score_of_neighbours(hits, i, &likeness[i * hits.size()]);
    const auto at =
        std::ranges::lower_bound(matches.documents, hits[i].id) - matches.documents.begin();
    matches.weights[static_cast<std::size_t>(at)] =
        std::max(smoothed, least);  // no rounding may let it fall behind the rest
  }
}

}  // namespace dateline
