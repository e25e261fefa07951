// Paths that stay out of the index though the files are there: a court order, an embargo.
//
// The file of --exclude-list has a path a line, absolute or relative to the current folder;
// # begins a comment; what names a folder means all below. The index remembers the list, so that a
// run without the option keeps it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/run/archive.h"
#include "indexer/run/path_tree.h"

namespace dateline {

struct ExcludedPath {
  std::string spelt;  // absolute and lexically normalised
  std::string real;   // without links, when the list was given
  bool operator==(const ExcludedPath&) const = default;
};

using ExcludeList = std::vector<ExcludedPath>;

// Throws Error that names file and line. A path that is not there (any more) is taken as it is
// spelt.
ExcludeList parse_exclude_list(std::string_view text, const std::string& file);

// As the index keeps it: pairs of paths, each ended by a NUL.
std::string to_text(const ExcludeList& list);
ExcludeList stored_exclude_list(std::string_view text);

// All names under which the run may meet what is excluded; folders mounted twice too.
PathTree excluded_paths(const ExcludeList& list, const Archive& archive);

// Takes the files out of what was found. How many they were.
std::size_t leave_out(const PathTree& excluded, Archive& archive);

}  // namespace dateline
