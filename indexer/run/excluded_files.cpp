#include "indexer/run/excluded_files.h"

#include <algorithm>
#include <filesystem>

namespace dateline {

namespace fs = std::filesystem;

PathTree excluded_paths(const ExcludeList& list, const Archive& archive) {
  PathTree paths;
  for (const auto& [spelt, real] : list) {
    paths.add(spelt);
    paths.add(real);
    for (const fs::path path : {spelt, real}) {
      if (const auto* folder = archive.scanned_as(path.string())) paths.add(*folder);
      if (const auto* folder = archive.scanned_as(path.parent_path().string())) {
        paths.add((fs::path(*folder) / path.filename()).string());
      }
    }
  }
  return paths;
}

std::size_t leave_out(const PathTree& excluded, Archive& archive) {
  if (excluded.empty()) return 0;
  const auto is_out = [&](const ArchiveEntry& entry) { return excluded.holds(entry.path); };
  for (const auto& entry : archive.entries) {
    if (!is_out(entry)) continue;
    // A folder of which all is excluded is neither empty nor offline.
    for (auto& folder : archive.folders) {
      folder.reached_before = folder.reached_before || is_below(entry.path, {folder.path});
    }
  }
  return std::erase_if(archive.entries, is_out);
}

}  // namespace dateline
