// Whom does the noun phrase after a cue name?
//
// `," said | Halden Corp. President and CEO Ross Hagar`, `," said | the mayor of Leeds, Ana Quist`:
// the person behind titles, bodies and institutions; without one, the body or the description.
#pragma once

#include <optional>

#include "indexer/extract/speakers/source.h"

namespace dateline {

// The subject after the cue: `," said Lind, the mayor`.
std::optional<FoundSource> source_after(const Discourse& d, const Unit& unit, std::uint32_t cue);

// The noun phrase after "according to" or "by".
std::optional<FoundSource> source_at(const Discourse& d, const Unit& unit, std::uint32_t begin);

}  // namespace dateline
