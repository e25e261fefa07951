// How far is one spelling from another? Suggestions for options, fields, words and names that
// nobody has.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment),
// counted in bytes of the folded spellings; `most + 1` as soon as it is known to be more than
// `most`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

// Of the names, the one most like `wrong`; "" when none is near.
std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& names);

}  // namespace dateline
