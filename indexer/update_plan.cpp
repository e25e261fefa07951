#include "indexer/update_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/error.h"
#include "common/unicode.h"

namespace dateline {
namespace {

std::string hint(std::uint64_t gone) { return fmt::format("if they are really gone, run again with --max-delete {}", gone); }

bool looks_same(const ArchiveEntry& file, const FileState& state) {
  return file.size == state.size && file.modified == state.modified;
}

// Folders that could not be listed say nothing of what lies in them.
bool is_known(const std::string& path, const Archive& archive) {
  return is_below(path, archive.folders) && !is_below(path, archive.unreadable);
}

// A folder that is not mounted looks like an empty one.
void require_articles_in_each_folder(const Archive& archive, const UpdatePlan& plan) {
  for (const auto& folder : archive.folders) {
    const bool any = std::ranges::any_of(archive.entries, [&](const ArchiveEntry& entry) { return is_below(entry.path, {folder}); });
    if (!any) {
      throw Error(fmt::format("{}: holds no article (*.txt); nothing was changed", replace_invalid_utf8(folder)), hint(plan.remove.size()));
    }
  }
}

void require_few_removals(const UpdatePlan& plan, std::uint64_t indexed_here, RemovalLimit limit) {
  const std::uint64_t gone = plan.remove.size();
  const bool many = gone > kManyRemovals && static_cast<double>(gone) > kManyRemovalsShare * static_cast<double>(indexed_here);
  if (limit.most ? gone > *limit.most : many) {
    throw Error(fmt::format("{} of {} indexed articles are gone from the archive; nothing was changed", gone, indexed_here), hint(gone));
  }
}

}  // namespace

UpdatePlan plan_update(const Archive& archive, const std::vector<IndexedEntry>& indexed, RemovalLimit limit) {
  UpdatePlan plan;
  std::uint64_t indexed_here = 0;
  auto file = archive.entries.begin();
  const auto files_before = [&](const std::string* path) {
    for (; file != archive.entries.end() && (path == nullptr || file->path < *path); ++file) plan.read.push_back({*file, 0, 0});
  };
  for (const auto& entry : indexed) {
    files_before(&entry.path);
    const bool present = file != archive.entries.end() && file->path == entry.path;
    const bool known = is_known(entry.path, archive);
    indexed_here += known ? 1u : 0u;
    if (present) {
      if (looks_same(*file, entry.state)) ++plan.unchanged;
      else plan.read.push_back({*file, entry.document, entry.state.hash});
      ++file;
    } else if (known) {
      plan.remove.push_back(entry);
    } else {
      ++plan.elsewhere;
    }
  }
  files_before(nullptr);
  if (!limit.most) require_articles_in_each_folder(archive, plan);
  require_few_removals(plan, indexed_here, limit);
  return plan;
}

}  // namespace dateline
