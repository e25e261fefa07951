// How far is one spelling from another? Suggestions for fields, words and names that nobody has.
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline {

// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment), counted in bytes of the folded
// spellings; `most + 1` as soon as it is known to be more than `most`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

}  // namespace dateline
