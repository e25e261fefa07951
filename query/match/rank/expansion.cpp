#include "query/match/rank/expansion.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

#include "query/index/article_stems.h"
#include "query/language/stop_word.h"
#include "query/match/rank/ranked_page.h"

namespace dateline {
namespace {

using Hits = std::vector<RankedDocument>;

struct ExpansionWord {
  std::string stem;  // as a term: Ztreati
  double in_hits;    // how much it stands there, before its rarity is reckoned
  double rarity;
  double strength;  // as a word of the topic
};

// How much each hit says about the topic; together 1.
std::vector<double> shares_of(const Hits& hits) {
  std::vector<double> shares;
  for (const auto& hit : hits)
    shares.push_back(std::exp((hit.weight / hits.front().weight - 1) / kHitDecay));
  const double all = std::reduce(shares.begin(), shares.end());
  for (double& share : shares) share /= all;
  return shares;
}

std::unordered_map<std::string, double> stems_of(const Hits& hits,
                                                 const std::vector<double>& shares,
                                                 const Matcher& matcher, const IndexReader& index) {
  std::unordered_map<std::string, double> stems;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    for_each_stem(index, hits[i].id, [&](std::string&& stem, std::uint32_t count) {
      stems[std::move(stem)] += shares[i] * matcher.saturated(count, hits[i].id);
    });
  }
  return stems;
}

// The strongest first.
std::vector<ExpansionWord> words_of(const std::unordered_map<std::string, double>& stems,
                                    const Matcher& matcher) {
  std::vector<ExpansionWord> words;
  const auto all = static_cast<double>(matcher.statistics().documents);
  for (const auto& [stem, in_hits] : stems) {
    if (is_stop_word(std::string_view(stem).substr(kStemPrefix.size()))) continue;
    const double frequency = matcher.frequency(stem);
    const double rarity = matcher.rarity(frequency);
    const double strength = (in_hits - frequency / all) * rarity;
    if (strength > 0) words.push_back({stem, in_hits, rarity, std::pow(strength, kWordPower)});
  }
  const auto end = words.begin() + static_cast<std::ptrdiff_t>(std::min(kWordsAdded, words.size()));
  std::ranges::partial_sort(words, end, [](const ExpansionWord& a, const ExpansionWord& b) {
    return a.strength != b.strength ? a.strength > b.strength : a.stem < b.stem;
  });
  words.erase(end, words.end());
  return words;
}

}  // namespace

void add_words_of_first_hits(Matches& matches, Matcher& matcher, const IndexReader& index) {
  const std::size_t most =
      std::min<std::size_t>(kHitsRead, matcher.statistics().documents / kArticlesAHit);
  const Hits hits =
      find_ranked_page(matches, SortOrder::relevance, 0, most, matcher.columns(), index);
  if (hits.empty() || hits.front().weight <= 0) return;
  const auto shares = shares_of(hits);
  const auto words = words_of(stems_of(hits, shares, matcher, index), matcher);
  double asked = 0;
  double added = 0;
  for (std::size_t i = 0; i < hits.size(); ++i) asked += shares[i] * hits[i].weight;
  for (const auto& word : words) added += word.strength * word.in_hits;
  for (const auto& word : words)
    matcher.add_word(matches, word.stem, kAddedScore * asked / added * word.strength / word.rarity);
}

}  // namespace dateline
