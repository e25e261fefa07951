// What several posting lists add up to, by document: the matches of an OR.
//
// A number for each document of the index and a bit for each that has one. The bits give the
// documents in order, so that lists can be added one after the other, whole, each from its first
// document to its last.
#pragma once

#include <xapian.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "query/index/document_lists.h"

namespace dateline {

// All zero between uses: add, then take. REQUIRES: ids below the size. `Number`: as small as will
// do, for sums are read in no order that a cache likes.
template <class Number>
class DocumentSums {
 public:
  // `numbers`: sums are wanted, not only which documents.
  void prepare(std::size_t size, bool numbers) {
    marks_.resize(size / 64 + 1, 0);
    if (numbers) sums_.resize(size, 0);
  }

  void mark(Xapian::docid id) { marks_[id / 64] |= std::uint64_t{1} << id % 64; }
  // A sum of whole numbers stays at the greatest there is.
  template <class Value>
  void add(Xapian::docid id, Value value) {
    if constexpr (std::is_floating_point_v<Number>)
      sums_[id] += value;
    else
      sums_[id] = static_cast<Number>(
          std::min<Value>(std::numeric_limits<Number>::max(), sums_[id] + value));
    mark(id);
  }

  // The documents marked, and forgets the marks. `about`: how many they may be.
  Documents take_documents(std::size_t about) {
    Documents documents(about);
    std::size_t size = 0;
    for (std::size_t word = 0; word < marks_.size(); ++word) {
      auto bits = std::exchange(marks_[word], 0);
      if (bits != 0 && size + 64 > documents.size()) documents.resize(2 * size + 64);
      for (; bits != 0; bits &= bits - 1)
        documents[size++] = static_cast<Xapian::docid>(
            word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
    }
    documents.resize(size);
    return documents;
  }
  Number take(Xapian::docid id) { return std::exchange(sums_[id], Number{0}); }

 private:
  std::vector<Number> sums_;
  std::vector<std::uint64_t> marks_;
};

}  // namespace dateline
