// The numbers of a facet's values: "Antony Blinken" is ordinal 17, for good.
//
// An ordinal is never given twice; the index keeps the names in chunks of kNamesPerChunk lines
// (common/store/schema.h), committed with the documents that use them. A name that no article has
// any more is forgotten: its line is empty then, and its ordinal nobody's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/store/facet_values.h"
#include "common/store/ordinals.h"
#include "common/store/schema.h"

namespace dateline {

class FacetDictionary {
 public:
  explicit FacetDictionary(Facet facet) : facet_(facet) {}

  // Appends the lines of the next chunk, as read from the index.
  void load_chunk(std::string_view lines);

  // The value's ordinal, a new one when it is new. A known value's entry is replaced when it
  // differs (a place got a better label). Throws Error for an entry of more than one line: it would
  // shift the ordinals of all that follow.
  Ordinal ordinal_of(const FacetValue& value);
  std::string pack(const std::vector<FacetValue>& values);

  // The ordinals in a document's slot, each of which has an entry. Throws Error, which names the
  // document, on damage.
  std::vector<Ordinal> unpack(const std::filesystem::path& database, std::uint32_t document,
                              std::string_view packed) const;

  // Forgets all names but those of `used`, by ordinal. Those beyond its end stay.
  void forget_unused(const std::vector<bool>& used);

  // Chunks that changed since they were taken last, as (number, lines).
  std::vector<std::pair<std::size_t, std::string>> take_changed_chunks();

  Facet facet() const { return facet_; }
  const std::vector<std::string>& entries() const {
    return entries_;
  }  // by ordinal, "" for a forgotten one

 private:
  std::string chunk(std::size_t number) const;

  Facet facet_;
  std::vector<std::string> entries_;
  std::unordered_map<std::string, Ordinal> ordinals_;  // by key
  std::set<std::size_t> changed_;
};

}  // namespace dateline
