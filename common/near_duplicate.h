// Are two articles the same story, a little edited? MinHash over pairs of neighbouring words.
//
// Wire copies share most of their word pairs: with one word in twenty replaced some 82 of 100 pairs of either text. Each byte of a signature
// is the low byte of the least value that one of 64 hash functions gives any pair; two texts agree in a byte as often as a pair of either
// is a pair of both (Broder 1997; low bytes: Li and König 2010). Order of paragraphs does not matter, length does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/span.h"

namespace dateline {

constexpr std::size_t kSignatureBytes = 64;

// Equal bytes from which two texts count as copies: a third of their pairs is the same. Of the thresholds 16 to 40 the one that finds
// most copies of 20 % edits without folding different articles (tests/bench/near_duplicate_bench.cpp).
constexpr std::size_t kCopyBytes = 24;

// Of all words of the paragraphs in order; "" when there are fewer than two.
std::string text_signature(std::string_view text, const std::vector<Span>& paragraphs);

// REQUIRES: signatures of text_signature().
std::size_t equal_bytes(std::string_view a, std::string_view b);

// Folds copies under the first text given that they are copies of. Texts are compared only when two neighbouring bytes at an even place
// agree, which of 100 copies misses less than one.
class NearDuplicates {
 public:
  // The number of the text it is a copy of; absent when it is like none before and becomes one itself, numbered from 0. "" is like none.
  std::optional<std::size_t> find_or_add(const std::string& signature);

 private:
  std::vector<std::string> texts_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_bytes_;  // place << 16 | two bytes -> texts
};

}  // namespace dateline
