#include "query/language/stop_word.h"

#include <algorithm>
#include <array>

namespace dateline {
namespace {

constexpr std::array<std::string_view, 96> kStopWords = {
    "a",     "about", "all",   "also",  "an",      "and",    "any",   "are",  "as",    "at",
    "be",    "been",  "being", "but",   "by",      "can",    "could", "did",  "do",    "does",
    "for",   "from",  "had",   "has",   "have",    "having", "he",    "her",  "him",   "his",
    "how",   "i",     "if",    "in",    "into",    "is",     "it",    "its",  "may",   "me",
    "might", "must",  "my",    "no",    "nor",     "not",    "of",    "on",   "only",  "or",
    "our",   "ours",  "shall", "she",   "should",  "so",     "some",  "such", "than",  "that",
    "the",   "their", "them",  "then",  "there",   "these",  "they",  "this", "those", "to",
    "too",   "under", "until", "upon",  "us",      "very",   "was",   "we",   "were",  "what",
    "when",  "where", "which", "while", "who",     "whom",   "why",   "will", "with",  "within",
    "would", "you",   "your",  "yours", "between", "through"};

constexpr auto sorted() {
  auto words = kStopWords;
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace

bool is_stop_word(std::string_view form) {
  static constexpr auto kSorted = sorted();
  return std::binary_search(kSorted.begin(), kSorted.end(), form);
}

}  // namespace dateline
