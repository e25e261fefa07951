#include "indexer/run/rebuild_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace dateline {
namespace {

ArchiveEntry entry_of(const IndexedEntry& stored) {
  return {.path = stored.path,
          .size = stored.state.size,
          .modified = stored.state.modified,
          .changed = stored.state.changed,
          .inode = stored.state.inode};
}

// Paths of the old index that the new one has no more.
std::set<std::string_view> gone(const UpdatePlan& plan) {
  std::set<std::string_view> paths;
  for (const auto& entry : plan.remove) paths.insert(entry.path);
  for (const auto& planned : plan.read) {
    if (!planned.moved_from.empty()) paths.insert(planned.moved_from);
  }
  return paths;
}

// All that the new index is to hold, by path, whether it has it already or not.
std::vector<PlannedFile> wanted(const Archive& archive, const std::vector<IndexedEntry>& old_index,
                                const UpdatePlan& plan) {
  std::map<std::string_view, PlannedFile> files;
  for (const auto& file : archive.entries) files.emplace(file.path, PlannedFile{.file = file});
  const auto removed = gone(plan);
  for (const auto& entry : old_index) {
    if (removed.contains(entry.path)) continue;
    const auto [at, only_stored] =
        files.try_emplace(entry.path, PlannedFile{.file = entry_of(entry)});
    at->second.stored = entry.document;
    at->second.on_disk = !only_stored;
  }
  std::vector<PlannedFile> all;
  for (auto& [path, planned] : files) all.push_back(std::move(planned));
  return all;
}

bool is_written(const PlannedFile& planned, const IndexedEntry& written) {
  const FileState& state = written.state;
  const ArchiveEntry& file = planned.file;
  return state.size == file.size && state.modified == file.modified &&
         state.changed == file.changed && state.inode == file.inode;
}

}  // namespace

RebuildPlan plan_rebuild(const Archive& archive, const std::vector<IndexedEntry>& old_index,
                         const std::vector<IndexedEntry>& new_index, const UpdatePlan& plan) {
  RebuildPlan todo;
  auto written = new_index.begin();
  for (auto& planned : wanted(archive, old_index, plan)) {
    for (; written != new_index.end() && written->path < planned.file.path; ++written) {
      todo.remove.push_back(*written);
    }
    if (written != new_index.end() && written->path == planned.file.path) {
      const IndexedEntry& entry = *written++;
      if (is_written(planned, entry)) continue;
      planned.document = entry.document;
      planned.hash = entry.state.hash;
    }
    todo.write.push_back(std::move(planned));
  }
  todo.remove.insert(todo.remove.end(), written, new_index.end());
  return todo;
}

}  // namespace dateline
