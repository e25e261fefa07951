#include "indexer/run/path_tree.h"

#include <algorithm>

namespace dateline {

void PathTree::add(std::string path) {
  if (!path.empty()) paths_.insert(std::move(path));
}

const std::string* PathTree::holder(std::string_view path) const {
  if (paths_.empty()) return nullptr;
  for (std::string_view folder = path; !folder.empty();) {
    if (const auto found = paths_.find(folder); found != paths_.end()) return &*found;
    if (folder == "/") break;
    const auto slash = folder.rfind('/');
    if (slash == std::string_view::npos) break;
    folder = folder.substr(0, std::max<std::size_t>(slash, 1));
  }
  return nullptr;
}

}  // namespace dateline
