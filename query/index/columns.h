// What every document is worth to a count or an order, by document id, in memory: lengths, days,
// facet values.
//
// Each column is read once per revision, when it is first needed, for all threads: of 200,000
// articles in one to three milliseconds. Counting the speakers of a million matches is then a walk
// over two arrays.
#pragma once

#include <xapian.h>

#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <vector>

#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "query/index/document_lists.h"
#include "query/index/made_once.h"

namespace dateline {

class IndexReader;

// Parameters of BM25. k1: how soon further occurrences of a word add nothing; b: how much the
// length of a document counts.
struct Saturation {
  double k1;
  double b;
  auto operator<=>(const Saturation&) const = default;
};

struct Damping {
  Saturation saturation;
  double average_length;  // of all documents that are searched together, in words and terms
  auto operator<=>(const Damping&) const = default;
};

// Values of a facet: those of document d are values[begin[d]] to values[begin[d + 1]], each once,
// spellings of one name merged.
struct OrdinalColumn {
  std::vector<std::uint32_t> begin;
  std::vector<Ordinal> values;
  std::size_t limit = 0;  // above every value
};

// The columns of one revision (snapshot.h): each is read by the first search that needs it.
struct SharedColumns {
  MadeOncePerKey<Damping, std::vector<float>> dampings;
  MadeOnce<std::vector<std::uint32_t>> days;
  MadeOncePerKey<Facet, OrdinalColumn> ordinals;
  mutable std::atomic<std::uint64_t> wanted_once = 0;  // bit n: facet n was asked for once
};

// A thread's way to the columns of its reader's snapshot, and its room to count in.
//
// THREADS: belongs to one thread; what its references lead to is shared and never changes.
class Columns {
 public:
  // `index` outlives it.
  explicit Columns(const IndexReader& index) : index_(index) {}

  // BM25 of a word is count / (count + damping). The damping of each document: k1 (1 - b + b length
  // / average length).
  const std::vector<float>& dampings(const Damping& damping) const;

  // Day of publication as packed_day_number(). Throws Error when a document's is none (damage).
  const std::vector<std::uint32_t>& days() const;

  // REQUIRES: a facet that has ordinals. Throws Error when a document's are no list (damage).
  const OrdinalColumn& ordinals(Facet facet) const;

  // By value, for whoever counts: all zero between uses.
  std::vector<std::uint32_t>& tally(const OrdinalColumn& column);

  // Is it cheaper to read the values of these documents alone? When they are few and the column is
  // not wanted for the second time.
  bool should_read_few(Facet facet, const Documents& documents) const;
  // Calls `sink` for each value of each of the documents, as the column has them. REQUIRES and
  // throws as ordinals().
  void read_few(Facet facet, const Documents& documents,
                const std::function<void(Ordinal)>& sink) const;

 private:
  [[noreturn]] void throw_no_list(Facet facet, Xapian::docid id) const;
  const SharedColumns& shared() const;
  std::size_t size() const;
  std::vector<std::uint32_t> read_days() const;
  OrdinalColumn read_ordinals(Facet facet) const;

  const IndexReader& index_;
  std::vector<std::uint32_t> tally_;
};

}  // namespace dateline
