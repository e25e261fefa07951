#include "common/store/keys.h"

#include <fmt/format.h>

namespace dateline {

std::string ordinals_key(Facet facet, std::size_t chunk) {
  return fmt::format("ordinals.{}.{:06}", info(facet).name, chunk);
}

std::string alias_ordinals_key(Facet facet) {
  return fmt::format("{}.{}", kAliasKey, info(facet).name);
}

}  // namespace dateline
