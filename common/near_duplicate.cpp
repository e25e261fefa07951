#include "common/near_duplicate.h"

#include <algorithm>
#include <array>
#include <limits>

#include "common/schema.h"
#include "common/word.h"

namespace dateline {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): a number stream and a bijection that spreads every bit.
constexpr std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

// Odd factors: a product's upper half is a hash function of its own for each.
constexpr auto kFactors = [] {
  std::array<std::uint64_t, kSignatureBytes> factors{};
  for (std::size_t i = 0; i < factors.size(); ++i) factors[i] = mixed(i) | 1;
  return factors;
}();

using Minima = std::array<std::uint32_t, kSignatureBytes>;

void add_pair(Minima& minima, std::uint64_t pair) {
  for (std::size_t i = 0; i < kSignatureBytes; ++i) minima[i] = std::min(minima[i], static_cast<std::uint32_t>(pair * kFactors[i] >> 32));
}

std::uint32_t key_at(const std::string& signature, std::size_t place) {
  const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(signature[i])}; };
  return static_cast<std::uint32_t>(place) << 16 | byte(place) << 8 | byte(place + 1);
}

}  // namespace

std::string text_signature(std::string_view text, const std::vector<Span>& paragraphs) {
  Minima minima;
  minima.fill(std::numeric_limits<std::uint32_t>::max());
  std::uint64_t before = 0;
  std::size_t words = 0;
  for (const Span paragraph : paragraphs) {
    for_each_word(slice(text, paragraph), [&](Span, std::string_view form) {
      const std::uint64_t word = stable_hash(form);
      if (++words > 1) add_pair(minima, mixed(before ^ mixed(word)));
      before = word;
    });
  }
  std::string signature;
  for (std::size_t i = 0; words > 1 && i < kSignatureBytes; ++i) signature += static_cast<char>(mixed(minima[i]));
  return signature;
}

std::size_t equal_bytes(std::string_view a, std::string_view b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) equal += a[i] == b[i] ? 1u : 0u;
  return equal;
}

std::optional<std::size_t> NearDuplicates::find_or_add(const std::string& signature) {
  const bool comparable = signature.size() == kSignatureBytes;
  std::optional<std::size_t> first;
  for (std::size_t place = 0; comparable && place < kSignatureBytes; place += 2) {
    const auto same = by_bytes_.find(key_at(signature, place));
    if (same == by_bytes_.end()) continue;
    for (const auto text : same->second) {
      if ((!first || text < *first) && equal_bytes(texts_[text], signature) >= kCopyBytes) first = text;
    }
  }
  if (first) return first;
  for (std::size_t place = 0; comparable && place < kSignatureBytes; place += 2) {
    by_bytes_[key_at(signature, place)].push_back(static_cast<std::uint32_t>(texts_.size()));
  }
  texts_.push_back(signature);
  return std::nullopt;
}

}  // namespace dateline
