// Are the bytes those that were indexed? A number for them, the same on every machine.
//
// XXH3 with 64 bits, since schema 5; before, FNV-1a, which takes byte after byte (stable_hash.h)
// and ten times as long. 64 bits are enough: a file is compared with what it was itself, never with
// all others.
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline {

// `seed`: the hash of what stands before the bytes.
std::uint64_t content_hash(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace dateline
