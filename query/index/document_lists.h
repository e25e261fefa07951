// Two ascending lists of documents side by side: which are in both?
#pragma once

#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace dateline {

using Documents = std::vector<Xapian::docid>;  // ascending
using DocumentSpan = std::span<const Xapian::docid>;

constexpr std::size_t kLeap = 8;  // lists that differ so much in length are not walked side by side

// The place of the first document from `at` on that is not before `id`: steps that double, then
// halves.
inline std::size_t leap_to(DocumentSpan documents, std::size_t at, Xapian::docid id) {
  std::size_t step = 1;
  while (at + step < documents.size() && documents[at + step] < id) step *= 2;
  const auto begin =
      documents.begin() + static_cast<std::ptrdiff_t>(std::min(at + step / 2, documents.size()));
  const auto end =
      documents.begin() + static_cast<std::ptrdiff_t>(std::min(at + step + 1, documents.size()));
  return static_cast<std::size_t>(std::lower_bound(begin, end, id) - documents.begin());
}

// Calls `both(i, j)` for each document few[i] that is many[j].
template <class Both>
void for_each_of_few(DocumentSpan few, DocumentSpan many, Both&& both) {
  for (std::size_t i = 0, j = 0; i < few.size(); ++i) {
    j = leap_to(many, j, few[i]);
    if (j == many.size()) return;
    if (many[j] == few[i]) both(i, j);
  }
}

// Calls `both(i, j)` for each document a[i] that is b[j].
template <class Both>
void for_each_common(DocumentSpan a, DocumentSpan b, Both&& both) {
  if (b.size() > kLeap * a.size()) return for_each_of_few(a, b, both);
  if (a.size() > kLeap * b.size())
    return for_each_of_few(b, a, [&](std::size_t j, std::size_t i) { both(i, j); });
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const auto left = a[i];
    const auto right = b[j];
    if (left == right) both(i, j);
    i += left <= right ? 1 : 0;
    j += right <= left ? 1 : 0;
  }
}

}  // namespace dateline
