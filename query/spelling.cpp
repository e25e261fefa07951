#include "query/spelling.h"

#include "common/edit_distance.h"

namespace dateline {
namespace {

constexpr std::size_t kShortestCorrected = 4;  // bytes
constexpr std::size_t kTwoErrorsFrom = 8;

}  // namespace

// Terms of fields begin with a capital; words are folded.
const std::vector<SpellingDictionary::Entry>& SpellingDictionary::words_beginning(char first) const {
  const auto [at, is_new] = words_.try_emplace(first);
  if (!is_new) return at->second;
  const std::string prefix(1, first);
  for (auto term = database_.allterms_begin(prefix); term != database_.allterms_end(prefix); ++term) {
    at->second.push_back({*term, term.get_termfreq()});
  }
  return at->second;
}

std::string SpellingDictionary::nearest(const std::string& word) const {
  if (word.size() < kShortestCorrected) return "";
  std::size_t best = word.size() < kTwoErrorsFrom ? 1 : 2;
  const Entry* found = nullptr;
  for (const auto& entry : words_beginning(word.front())) {
    const auto distance = edit_distance(word, entry.word, best);
    if (distance > best || (found != nullptr && distance == best && entry.documents <= found->documents)) continue;
    best = distance;
    found = &entry;
  }
  return found == nullptr ? "" : found->word;
}

}  // namespace dateline
