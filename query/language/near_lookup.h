// The places that articles name around a point: `near:"Geneva,50km"` -> the terms of Geneva,
// Carouge, Lausanne.
//
// Everything comes from the index's dictionary of places. Of several places of the name asked for
// the one named in most articles is meant.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/record.h"
#include "query/index/index_reader.h"
#include "query/language/near_query.h"

namespace dateline {

struct NearMeaning {
  std::vector<std::string> terms;  // one a place; none: no article names the place asked for
  std::string centre;              // its label, or the coordinates
  std::vector<std::string>
      namesakes;  // labels of the other places of that name, the most named first
};

// Reads the dictionary once, at the first question.
class NearLookup {
 public:
  // `index` outlives it.
  explicit NearLookup(const IndexReader& index) : index_(index) {}

  NearMeaning look_up(const NearQuery& asked);

 private:
  using NamedPlace = std::pair<Xapian::doccount, Place>;  // how many articles name it
  const std::vector<NamedPlace>& places();
  std::optional<std::string> country_called(const std::string& key) const;
  std::optional<Place> place_meant(const std::string& name, std::vector<std::string>& namesakes);

  const IndexReader& index_;
  std::optional<std::vector<NamedPlace>> places_;
};

}  // namespace dateline
