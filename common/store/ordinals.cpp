#include "common/store/ordinals.h"

#include "common/error.h"

namespace dateline {

std::string pack_ordinals(const std::vector<Ordinal>& ordinals) {
  std::string packed;
  Ordinal before = 0;
  for (const Ordinal ordinal : ordinals) {
    Ordinal gap = ordinal - before;
    before = ordinal;
    for (; gap >= 0x80; gap >>= 7) packed += static_cast<char>(gap | 0x80u);
    packed += static_cast<char>(gap);
  }
  return packed;
}

std::vector<Ordinal> unpack_ordinals(std::string_view packed) {
  std::vector<Ordinal> ordinals;
  if (!for_each_ordinal(packed, [&](Ordinal ordinal) { ordinals.push_back(ordinal); })) {
    throw Error("a facet slot holds no list of ordinals: the index is damaged",
                Remedy{RemedyKind::rebuild});
  }
  return ordinals;
}

}  // namespace dateline
