#include "query/match/word_positions.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace dateline {
namespace {

// Side by side: the beginnings that the rarest word allows are those that every other word allows
// as well.
bool in_a_row(const ResolvedNode& chain, Xapian::docid document, PositionReader& reader) {
  Positions begins;
  for (std::size_t i = 0; i < chain.by_rarity.size(); ++i) {
    const std::size_t word = chain.by_rarity[i];
    Positions possible;
    for (const auto position : reader.read(chain.terms[word], document)) {
      if (position >= word) possible.push_back(position - static_cast<Xapian::termpos>(word));
    }
    if (i == 0) {
      begins = std::move(possible);
    } else {
      Positions both;
      std::ranges::set_intersection(begins, possible, std::back_inserter(both));
      begins = std::move(both);
    }
    if (begins.empty()) return false;
  }
  return true;
}

// In this order within `window` words: of each beginning the nearest next word, and so on, must
// leave room for the words after it.
bool in_order(const ResolvedNode& chain, std::size_t window, Xapian::docid document,
              PositionReader& reader) {
  std::vector<Positions> lists;
  for (const auto& term : chain.terms) lists.push_back(reader.read(term, document));
  for (const auto base : lists.front()) {
    auto last = base;
    std::size_t word = 1;
    for (; word < lists.size(); ++word) {
      const auto next = std::ranges::upper_bound(lists[word], last);
      if (next == lists[word].end()) return false;
      last = *next;
      if (last - base + (lists.size() - word) > window) break;
    }
    if (word == lists.size()) return true;
  }
  return false;
}

// In any order within `window` words, each at a place of its own: a word asked for twice must stand
// there twice.
bool near_each_other(const ResolvedNode& chain, std::size_t window, Xapian::docid document,
                     PositionReader& reader) {
  std::vector<std::string> words = chain.terms;
  std::ranges::sort(words);
  std::vector<std::size_t> missing;  // of each word, in the window
  std::vector<std::pair<Xapian::termpos, std::size_t>> places;
  for (auto word = words.begin(); word != words.end();) {
    const auto next =
        std::find_if(word, words.end(), [&](const std::string& other) { return other != *word; });
    for (const auto position : reader.read(*word, document))
      places.emplace_back(position, missing.size());
    missing.push_back(static_cast<std::size_t>(next - word));
    word = next;
  }
  std::ranges::sort(places);
  std::size_t lacking = words.size();
  std::vector<std::size_t> found(missing.size(), 0);
  for (std::size_t first = 0, end = 0; end < places.size(); ++end) {
    if (const std::size_t word = places[end].second; ++found[word] <= missing[word]) --lacking;
    for (; places[end].first - places[first].first >= window; ++first) {
      if (const std::size_t word = places[first].second; found[word]-- <= missing[word]) ++lacking;
    }
    if (lacking == 0) return true;
  }
  return false;
}

}  // namespace

bool stand_together(const ResolvedNode& chain, Xapian::docid document, PositionReader& reader) {
  if (chain.kind == NodeKind::phrase) return in_a_row(chain, document, reader);
  const std::size_t window = chain.terms.size() + static_cast<std::size_t>(chain.distance) - 1;
  return chain.kind == NodeKind::near ? near_each_other(chain, window, document, reader)
                                      : in_order(chain, window, document, reader);
}

}  // namespace dateline
