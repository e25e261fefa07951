// Counts facet values while Xapian matches.
//
// A spy sees each matching document the matcher visits; counts are exact because the search is run with check_at_least = all documents.
// Counting packed ordinals needs no name and no allocation (XAPIAN.md: 3 to 13 times faster than names).
#pragma once

#include <xapian.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "query/index_reader.h"
#include "query/result_set.h"
#include "query/search_request.h"

namespace dateline {

// Articles by ordinal, of the names that others are merged into.
struct OrdinalCounts {
  std::vector<std::uint32_t> by_ordinal;
  std::uint64_t documents = 0;  // visited
};

class FacetSpy : public Xapian::MatchSpy {
 public:
  // `index` outlives the spy. Facets of one slot (year, month, day) are counted once.
  FacetSpy(const std::vector<FacetRequest>& facets, const IndexReader& index);

  void operator()(const Xapian::Document& document, double weight) override;

  // Throws Error when a slot held no list of ordinals (damage).
  std::vector<FacetResult> results(const SearchRequest& request) const;

  // REQUIRES: a facet given to the constructor that has ordinals.
  OrdinalCounts ordinal_counts(Facet facet) const { return {counts_of(facet).by_number, document_}; }

 private:
  struct SlotCounts {
    Slot slot;
    Facet facet;                                       // the first of that slot
    const std::unordered_map<Ordinal, Ordinal>* merged = nullptr;  // null when nothing is merged
    std::vector<std::uint32_t> by_number = {};         // articles by ordinal; of Slot::date by days since first_day
    std::vector<std::uint32_t> last_document = {};     // the last document counted, where values are merged
    std::uint32_t first_day = 0;                       // of the archive, as packed_day_number()
    bool damaged = false;
  };
  SlotCounts& counts_of(Facet facet);
  const SlotCounts& counts_of(Facet facet) const;
  static void count(SlotCounts& counts, Ordinal ordinal);
  static bool count_day(SlotCounts& counts, std::uint32_t day);  // false: no day of the archive (damage)
  static void count_merged(SlotCounts& counts, Ordinal ordinal, std::uint32_t document);
  std::vector<FacetCount> date_values(const SlotCounts& counts, Facet facet) const;
  std::vector<FacetCount> named_values(const SlotCounts& counts, const FacetRequest& facet, const SearchRequest& request, std::uint64_t& distinct) const;
  FacetResult result(const FacetRequest& facet, const SearchRequest& request) const;

  const IndexReader& index_;
  std::vector<FacetRequest> facets_;
  std::vector<SlotCounts> slots_;
  std::uint32_t document_ = 0;                         // running number, from 1
};

}  // namespace dateline
