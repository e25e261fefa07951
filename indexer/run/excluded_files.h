// Which of the files that are there are on the exclude list?
#pragma once

#include <cstddef>

#include "indexer/database/exclude_list.h"
#include "indexer/run/archive.h"
#include "indexer/run/path_tree.h"

namespace dateline {

// All names under which the run may meet what is excluded; folders mounted twice too.
PathTree excluded_paths(const ExcludeList& list, const Archive& archive);

// Takes the files out of what was found. How many they were.
std::size_t leave_out(const PathTree& excluded, Archive& archive);

}  // namespace dateline
