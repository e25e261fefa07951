// Which values one article adds to each facet.
//
// The article of Blinken in New Delhi adds the speaker "Antony Blinken", the countries "IN" and
// "RU", the year mentioned "2022". Values are names; the index turns them into ordinals when it
// takes the document.
#pragma once

#include <string>
#include <vector>

#include "common/record.h"
#include "common/store/schema.h"

namespace dateline {

struct FacetValue {
  std::string key;    // tells values apart: the name, or a place's id
  std::string entry;  // the line of the dictionary
  auto operator<=>(const FacetValue&) const = default;
};

// Values of one facet that has ordinals, each once, by key.
std::vector<FacetValue> facet_values(const Record& record, Facet facet);

// The key of a dictionary line, as above.
std::string facet_key(Facet facet, std::string_view entry);

}  // namespace dateline
