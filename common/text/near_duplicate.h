// Are two articles the same story, a little edited? MinHash over pairs of neighbouring words.
//
// Wire copies share most of their word pairs: with one word in twenty replaced some 82 of 100 pairs
// of either text. Each byte of a signature is the low byte of the least value that one of 64 hash
// functions gives any pair; two texts agree in a byte as often as a pair of either is a pair of
// both (Broder 1997; low bytes: Li and König 2010). Order of paragraphs does not matter, length
// does.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/span.h"

namespace dateline {

constexpr std::size_t kSignatureBytes = 64;

// Equal bytes from which two texts count as copies: a third of their pairs is the same. Of the
// thresholds 16 to 40 the one that finds most copies of 20 % edits without folding different
// articles (tests/bench/near_duplicate_bench.cpp).
constexpr std::size_t kCopyBytes = 24;

// Of all words of the paragraphs in order; "" when there are fewer than two.
std::string text_signature(std::string_view text, const std::vector<Span>& paragraphs);

// REQUIRES: two signatures of kSignatureBytes.
std::size_t equal_bytes(std::string_view a, std::string_view b);

// Folds copies under the first text given that they are copies of. Texts are compared only when
// they agree in three bytes of one of 64 choices, which of 100 copies at the threshold misses four,
// of closer ones none. Two bytes would do for the texts, but too many texts that are no copies
// share a frequent pair of words, and so a byte.
class NearDuplicates {
 public:
  // `expected`: about how many texts will be asked about.
  explicit NearDuplicates(std::size_t expected);

  // The number of the text it is a copy of; absent when it is like none before and becomes one
  // itself, numbered from 0. "" is like none.
  std::optional<std::size_t> find_or_add(std::string_view signature);

 private:
  static constexpr std::size_t kPlaces = kSignatureBytes;  // a choice begins at each
  using Signature = std::array<char, kSignatureBytes>;
  std::uint32_t& chain_of(const Signature& signature, std::size_t place);

  std::size_t chains_;  // a place, a power of two
  std::vector<std::uint32_t>
      last_;  // by place and three bytes, hashed: the last text that has them there
  std::vector<Signature> texts_;
  std::vector<std::array<std::uint32_t, kPlaces>>
      before_;  // of each text, by place: the one before it in its chain
};

}  // namespace dateline
