#include "indexer/run/elsewhere.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "common/real_path.h"
#include "indexer/database/run_lock.h"
#include "indexer/run/coverage.h"

namespace dateline {
namespace {

std::string_view parent(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos || slash == 0 ? "/" : path.substr(0, slash);
}

bool is_gone(const std::string& path) {
  struct stat state {};
  return lstat(path.c_str(), &state) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

// Is any of `paths` inside the folder? Sorted.
bool any_below(const std::vector<std::string>& paths, std::string_view folder) {
  const std::string begin = std::string(folder) + '/';
  const auto at = std::ranges::lower_bound(paths, begin);
  return at != paths.end() && at->starts_with(begin);
}

// The highest folder above the path that holds nothing of `kept`; the path itself when there is
// none.
std::string_view highest_without(const std::vector<std::string>& kept, std::string_view path) {
  std::string_view found = path;
  for (auto folder = parent(path); folder != "/" && !any_below(kept, folder);
       folder = parent(folder)) {
    found = folder;
  }
  return found;
}

std::string common_folder(std::string_view one, std::string_view other) {
  while (!(other.starts_with(one) && (other.size() == one.size() || other[one.size()] == '/'))) {
    one = parent(one);
  }
  return std::string(one);
}

}  // namespace

Elsewhere look_elsewhere(const Archive& archive, const std::vector<IndexedEntry>& indexed,
                         const PlanOptions& options, const StopAsked& stop) {
  const Coverage coverage(archive);
  Elsewhere found;
  std::vector<std::string> lost;
  std::vector<std::string> kept;
  std::string_view folder;
  std::string real;                         // the folder's real path
  const std::string* scanned_as = nullptr;  // the folder under the name that this run scanned
  for (const auto& entry : indexed) {
    if (stop && stop()) throw StoppedError("stopped");
    if (options.forget.holds(entry.path) || options.exclude.holds(entry.path)) continue;
    if (coverage.of(entry.path) != Covered::outside) {
      kept.push_back(entry.path);
      continue;
    }
    if (folder != parent(entry.path)) {
      folder = parent(entry.path);
      real = options.exclude.empty() ? "" : real_path(folder);
      scanned_as = archive.scanned_as(std::string(folder));
      if (scanned_as != nullptr && *scanned_as != folder) {
        found.respelt.push_back({std::string(folder), *scanned_as});
      }
    }
    if (!real.empty() &&
        options.exclude.holds(real + entry.path.substr(folder == "/" ? 0 : folder.size()))) {
      found.excluded.push_back(entry.path);
      continue;
    }
    if (scanned_as != nullptr) continue;
    (is_gone(entry.path) ? lost : kept).push_back(entry.path);
  }
  found.lost = lost.size();
  // Articles that this run adds must not be among those that the call it names forgets.
  for (const auto& entry : archive.entries) kept.push_back(entry.path);
  std::ranges::sort(kept);
  found.forget = common_folders(lost, kept);
  return found;
}

std::vector<std::string> common_folders(const std::vector<std::string>& lost,
                                        const std::vector<std::string>& kept) {
  std::vector<std::string> folders;
  std::string within;  // what holds nothing of `kept` and holds folders.back()
  for (const auto& path : lost) {
    if (!within.empty() && path.starts_with(within + '/')) {
      folders.back() = common_folder(folders.back(), path);
      continue;
    }
    within = highest_without(kept, path);
    folders.emplace_back(within == path ? path : std::string(parent(path)));
  }
  return folders;
}

}  // namespace dateline
