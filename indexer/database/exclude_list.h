// Paths that stay out of the index though the files are there: a court order, an embargo.
//
// The file of --exclude-list has a path a line, absolute or relative to the current folder;
// # begins a comment; what names a folder means all below. The index remembers the list, so that a
// run without the option keeps it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

}  // namespace dateline
