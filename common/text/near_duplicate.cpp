#include "common/text/near_duplicate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "common/text/stable_hash.h"
#include "common/text/word.h"

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
  for (std::size_t i = 0; i < kSignatureBytes; ++i)
    minima[i] = std::min(minima[i], static_cast<std::uint32_t>(pair * kFactors[i] >> 32));
}

constexpr std::uint32_t kNone = ~std::uint32_t{0};
constexpr std::size_t kMostChains = 65536;  // a place: 16 MB for all

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
  for (std::size_t i = 0; words > 1 && i < kSignatureBytes; ++i)
    signature += static_cast<char>(mixed(minima[i]));
  return signature;
}

std::size_t equal_bytes(std::string_view a, std::string_view b) {
  const char* one = a.data();
  const char* other = b.data();
  std::uint8_t equal = 0;  // as small as the bytes compared, so that many are at once
  for (std::size_t i = 0; i < kSignatureBytes; ++i)
    equal = static_cast<std::uint8_t>(equal + (one[i] == other[i] ? 1 : 0));
  return equal;
}

NearDuplicates::NearDuplicates(std::size_t expected)
    : chains_(std::bit_ceil(std::clamp<std::size_t>(expected, 1, kMostChains))),
      last_(kPlaces * chains_, kNone) {}

std::uint32_t& NearDuplicates::chain_of(const Signature& signature, std::size_t place) {
  const auto byte = [&](std::size_t i) {
    return std::uint64_t{static_cast<std::uint8_t>(signature[(place + i) % kSignatureBytes])};
  };
  const std::uint64_t three_bytes = byte(0) << 16 | byte(1) << 8 | byte(7);
  return last_[place * chains_ + (mixed(three_bytes) & (chains_ - 1))];
}

std::optional<std::size_t> NearDuplicates::find_or_add(std::string_view signature) {
  const bool comparable = signature.size() == kSignatureBytes;
  Signature bytes{};
  if (comparable) std::ranges::copy(signature, bytes.begin());
  std::uint32_t first = kNone;
  for (std::size_t place = 0; comparable && place < kPlaces; ++place) {
    for (auto text = chain_of(bytes, place); text != kNone; text = before_[text][place]) {
      if (text < first &&
          equal_bytes({texts_[text].data(), kSignatureBytes}, signature) >= kCopyBytes)
        first = text;
    }
  }
  if (first != kNone) return first;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(bytes);
  before_.emplace_back().fill(kNone);
  for (std::size_t place = 0; comparable && place < kPlaces; ++place)
    before_.back()[place] = std::exchange(chain_of(bytes, place), number);
  return std::nullopt;
}

}  // namespace dateline
