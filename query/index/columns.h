// What every document is worth to a count or an order, by document id, in memory: lengths, days,
// facet values.
//
// Each column is read once per revision, when it is first needed: of 200,000 articles in one to
// three milliseconds. Counting the speakers of a million matches is then a walk over two arrays.
#pragma once

#include <xapian.h>

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "query/index/document_lists.h"

namespace dateline {

class IndexReader;

// Parameters of BM25: how soon more of a word says no more, and how much a long document has of it
// by its length alone.
struct Saturation {
  double k1;
  double b;
  auto operator<=>(const Saturation&) const = default;
};

// Values of a facet: those of document d are values[begin[d]] to values[begin[d + 1]], each once,
// spellings of one name merged.
struct OrdinalColumn {
  std::vector<std::uint32_t> begin;
  std::vector<Ordinal> values;
  mutable std::vector<std::uint32_t> tally;  // by value, for whoever counts: all zero between uses
};

class Columns {
 public:
  // `index` outlives it.
  explicit Columns(const IndexReader& index) : index_(index) {}

  // What BM25 divides the count of a word by beside the count itself, of each document: k1 (1 - b +
  // b length / average length).
  const std::vector<float>& dampings(Saturation saturation) const;

  // Day of publication as packed_day_number(). Throws Error when a document's is none (damage).
  const std::vector<std::uint32_t>& days() const;

  // REQUIRES: a facet that has ordinals. Throws Error when a document's are no list (damage).
  const OrdinalColumn& ordinals(Facet facet) const;

  // Is it cheaper to read the values of these documents alone? When they are few and the column is
  // not wanted for the second time.
  bool should_read_few(Facet facet, const Documents& documents) const;
  // Calls `sink` for each value of each of the documents, as the column has them. REQUIRES and
  // throws as ordinals().
  void read_few(Facet facet, const Documents& documents,
                const std::function<void(Ordinal)>& sink) const;

 private:
  std::size_t size() const;

  const IndexReader& index_;
  mutable std::map<Saturation, std::vector<float>> dampings_;
  mutable std::vector<std::uint32_t> days_;
  mutable std::map<Facet, OrdinalColumn> ordinals_;
  mutable std::set<Facet> wanted_once_;
};

}  // namespace dateline
