#include "indexer/database/content_hash.h"

#include <xxhash.h>

namespace dateline {

std::uint64_t content_hash(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace dateline
