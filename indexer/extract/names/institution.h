// Which words in lower case name a body of a country: "Russia's foreign ministry", "the US
// military"?
//
// The owner stays a place of its own: the mention covers "foreign ministry", its title "Russia's".
#pragma once

#include <optional>

#include "indexer/extract/names/name.h"

namespace dateline {

// The institution whose owner begins at `owner`, when the words behind it say something of it.
std::optional<NameMention> institution_at(const TokenizedText& text, const Gazetteer& gazetteer,
                                          std::uint32_t owner);

// Is the organisation one of these? Its title is its owner.
bool is_institution(const NameMention& name);

}  // namespace dateline
