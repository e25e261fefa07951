// Which values are commoner among the hits than in the whole archive?
//
// Of 1,000 articles 20 quote Anna Lind; of 50 hits 10 do, where chance would give one: she is
// typical of the hits. The measure is the log-likelihood ratio G² (Dunning 1993) of hits against
// the other articles, which a value seen once or twice by chance does not win.
#pragma once

#include <cstdint>
#include <vector>

#include "query/count/facet_counter.h"
#include "query/hits/result_set.h"
#include "query/index/index_reader.h"

namespace dateline {

constexpr std::uint64_t kLeastSignificantCount = 2;  // hits; one article is no pattern

// G² of a value that `with` of `hits` hits and `archive_with` of `archive` articles have; 0 when it
// is no commoner among the hits. REQUIRES: with <= hits <= archive, with <= archive_with <=
// archive.
double log_likelihood(std::uint64_t with, std::uint64_t hits, std::uint64_t archive_with,
                      std::uint64_t archive);

// The most significant values of `hits` against `archive` first, `wanted.most` of them. REQUIRES:
// the facet has ordinals; archive holds hits.
SignificantResult significant_values(const FacetRequest& wanted, bool guessed_places,
                                     const Documents& hits, const Documents& archive,
                                     Columns& columns, const IndexReader& index);

}  // namespace dateline
