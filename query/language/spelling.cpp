#include "query/language/spelling.h"

#include <limits>

#include "common/text/edit_distance.h"

namespace dateline {
namespace {

constexpr std::size_t kShortestCorrected = 4;  // bytes
constexpr std::size_t kTwoErrorsFrom = 8;

}  // namespace

// Terms of fields begin with a capital; words are folded.
const std::vector<SpellingDictionary::Entry>& SpellingDictionary::words_beginning(
    const std::string& prefix, char first) const {
  const std::string beginning = prefix + first;
  const auto [at, is_new] = words_.try_emplace(beginning);
  if (!is_new) return at->second;
  for (const auto& term :
       postings_.terms_beginning(beginning, std::numeric_limits<std::size_t>::max())) {
    at->second.push_back({term.substr(prefix.size()), postings_.frequency(term)});
  }
  return at->second;
}

std::string SpellingDictionary::nearest(const std::string& word, const std::string& prefix) const {
  if (word.size() < kShortestCorrected) return "";
  std::size_t best = word.size() < kTwoErrorsFrom ? 1 : 2;
  const Entry* found = nullptr;
  for (const auto& entry : words_beginning(prefix, word.front())) {
    const auto distance = edit_distance(word, entry.word, best);
    if (distance > best ||
        (found != nullptr && distance == best && entry.documents <= found->documents))
      continue;
    best = distance;
    found = &entry;
  }
  return found == nullptr ? "" : found->word;
}

}  // namespace dateline
