// Which mentions in one article mean the same person or organisation, and what is its fullest name?
//
// "Antony Blinken ... Blinken ... the secretary ... he": one Entity named "Antony Blinken".
#pragma once

#include <string>
#include <vector>

#include "common/record.h"
#include "indexer/extract/names/name.h"

namespace dateline {

enum class Gender : std::uint8_t { unknown, female, male };

struct Entity {
  std::string name;  // fullest form in the article, titles left out
  NameType type = NameType::unknown;
  Gender gender = Gender::unknown;
  std::vector<std::uint32_t> mentions;  // indices into the names given, in text order
};

// Entities of one article and, for each name mention, the entity it means.
struct Entities {
  std::vector<Entity> list;
  std::vector<std::uint32_t> of_mention;  // same size as the names
};

Entities resolve_names(const TokenizedText& text, const std::vector<NameMention>& names,
                       const Lexicon& lexicon);

}  // namespace dateline
