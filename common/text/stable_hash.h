// A hash of bytes that is the same on every machine and in every version.
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline {

// 64-bit FNV-1a: stable across machines, for terms and content hashes; not against malice.
std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325u);

}  // namespace dateline
