// What an index is to hold of one article, for any kind of writer.
//
// Terms stand in the order in which they were found, each as often as it was: a writer sorts and
// counts them as it needs. Facets hold names; the writer turns them into ordinals.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/store/facet_values.h"
#include "common/store/schema.h"

namespace dateline {

// Terms as they were found, in one piece of memory.
class TermList {
 public:
  enum class Kind : std::uint8_t {
    posting,  // counts, at a position
    counted,  // counts, without a position
    flag,     // there or not: its frequency within the document is 0
  };

  void add_posting(std::string_view term, std::uint32_t position) {
    add(term, Kind::posting, position);
  }
  void add_counted(std::string_view term) { add(term, Kind::counted, 0); }
  void add_flag(std::string_view term) { add(term, Kind::flag, 0); }

  std::size_t size() const { return entries_.size(); }  // a term counts as often as it was added

  // Hands each to sink(term, kind, position), in the order in which they were added.
  template <class Sink>
  void for_each(Sink&& sink) const {
    std::size_t begin = 0;
    for (const Entry& entry : entries_) {
      sink(std::string_view(bytes_).substr(begin, entry.bytes), entry.kind, entry.position);
      begin += entry.bytes;
    }
  }

 private:
  struct Entry {
    std::uint32_t position = 0;
    std::uint16_t bytes = 0;
    Kind kind = Kind::flag;
  };

  // REQUIRES: a term of at most kLongestTerm bytes (make_term, or a word).
  void add(std::string_view term, Kind kind, std::uint32_t position) {
    bytes_ += term;
    entries_.push_back({position, static_cast<std::uint16_t>(term.size()), kind});
  }

  std::string bytes_;
  std::vector<Entry> entries_;
};

struct IndexedDocument {
  std::string path;  // which identifies it
  TermList terms = {};
  std::vector<std::pair<Slot, std::string>> values = {};  // of slots without ordinals
  std::string data = {};  // the record as a line of JSON, then the article's text
  // By Facet; empty for those without ordinals.
  std::array<std::vector<FacetValue>, kSchema.size()> facets = {};
};

}  // namespace dateline
