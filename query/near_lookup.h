// The places that articles name around a point: `near:"Geneva,50km"` -> the terms of Geneva, Carouge, Lausanne.
//
// Everything comes from the index's dictionary of places. Of several places of the name asked for the one named in most articles is meant.
#pragma once

#include <string>
#include <vector>

#include "query/index_reader.h"
#include "query/near_query.h"

namespace dateline {

struct NearMeaning {
  std::vector<std::string> terms;        // one a place; none: no article names the place asked for
  std::string centre;                    // its label, or the coordinates
  std::vector<std::string> namesakes;    // labels of the other places of that name, the most named first
};

NearMeaning look_up_near(const NearQuery& asked, const IndexReader& index);

}  // namespace dateline
