// Many-valued fields as small numbers: the list of ordinals one document holds in a facet slot.
//
// Speakers 3, 17 and 18 of the dictionary are packed as the varints 3, 14, 1 (the first, then the
// gaps): three bytes that a match spy can count without looking up a name. LEB128 varints, ordinals
// strictly ascending, "" for none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

using Ordinal = std::uint32_t;

// REQUIRES: strictly ascending.
std::string pack_ordinals(const std::vector<Ordinal>& ordinals);

// Calls `sink(Ordinal)` in ascending order; false when the bytes are no such list (damage).
template <class Sink>
bool for_each_ordinal(std::string_view packed, Sink&& sink) {
  std::uint64_t value = 0;
  bool first = true;
  for (std::size_t i = 0; i < packed.size();) {
    std::uint64_t gap = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (i == packed.size() || shift > 28) return false;
      const auto byte = static_cast<unsigned char>(packed[i++]);
      gap |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) break;
    }
    if (!first && gap == 0) return false;
    value += gap;
    if (value > 0xFFFFFFFFu) return false;
    first = false;
    sink(static_cast<Ordinal>(value));
  }
  return true;
}

// Throws Error on damage.
std::vector<Ordinal> unpack_ordinals(std::string_view packed);

}  // namespace dateline
