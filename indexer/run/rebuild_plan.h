// The new index beside the old one: which articles are still to be written, and where is their
// text?
//
// Pure. Every article of the old index goes into the new one unless update_plan says that it is
// gone: from its file, or, where the file lies outside the folders or cannot be read, from the text
// that the old index stores. A rebuild that was stopped goes on: what the new index has already, in
// the same state, is not written again.
#pragma once

#include <vector>

#include "indexer/run/update_plan.h"

namespace dateline {

struct RebuildPlan {
  // By path; `document` counts in the new index, `stored` in the old one.
  std::vector<PlannedFile> write;
  // Of the new index: gone since a stopped rebuild wrote them.
  std::vector<IndexedEntry> remove;
};

// `old_index` and `new_index` by path; `plan` is that of the old index.
RebuildPlan plan_rebuild(const Archive& archive, const std::vector<IndexedEntry>& old_index,
                         const std::vector<IndexedEntry>& new_index, const UpdatePlan& plan);

}  // namespace dateline
