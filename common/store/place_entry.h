// What the index's dictionary tells of a place, so that searching needs no gazetteer.
//
// One line of the place dictionary: "2988507\tParis,
// FR\tParis\tcity\tFR\tÎle-de-France\t48.85341\t2.3488\tÎle-de-France|France|Europe".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/record.h"

namespace dateline {

// The place without its mentions, of a guess its id, name and kind, as a line without line end.
// White space within names becomes single blanks. REQUIRES: no '|' in the parents' names; the
// gazetteer has none.
std::string to_place_entry(const Place& place);

// Absent when the line has another form.
std::optional<Place> parse_place_entry(std::string_view line);

}  // namespace dateline
