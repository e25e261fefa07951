#include "indexer/update_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/error.h"
#include "common/unicode.h"

namespace dateline {
namespace {

std::string hint(std::uint64_t gone) { return fmt::format("if they are really gone, run again with --max-delete {}", gone); }

// Permissions change without size or time: what could not be read may be readable today.
bool may_be_skipped(const FailedFile& failed) { return failed.reason != reason_code(BadArticle::unreadable); }

bool is_as_indexed(const ArchiveEntry& file, const FileState& state) {
  return file.size == state.size && file.modified == state.modified && file.changed == state.changed &&
         file.inode == state.inode;
}

// Walks the files of the archive and the entries of the index side by side, both by path.
class Planner {
 public:
  Planner(const Archive& archive, const std::vector<FailedFile>& failed_before, const PlanOptions& options)
      : archive_(archive), options_(options), file_(archive.entries.begin()) {
    if (options_.verify) return;
    for (const auto& failed : failed_before) failed_.emplace(failed.path, &failed);
  }

  void indexed(const IndexedEntry& entry) {
    files_before(&entry.path);
    const bool present = file_ != archive_.entries.end() && file_->path == entry.path;
    const bool known = is_known(entry.path);
    indexed_here_ += known ? 1u : 0u;
    if (present) {
      look_at(*file_++, entry);
    } else if (known) {
      plan_.remove.push_back(entry);
    } else {
      ++plan_.elsewhere;
    }
  }

  UpdatePlan finish(RemovalLimit limit) {
    files_before(nullptr);
    pair_moved();
    if (!limit.most) require_articles_in_each_folder();
    require_few_removals(limit);
    return std::move(plan_);
  }

 private:
  // Folders that could not be listed say nothing of what lies in them.
  bool is_known(const std::string& path) const { return is_below(path, archive_.folders) && !is_below(path, archive_.unreadable); }

  void look_at(const ArchiveEntry& file, const IndexedEntry& entry) {
    const bool same = is_as_indexed(file, entry.state);
    if (same && !options_.verify) {
      ++plan_.unchanged;
    } else {
      plan_.read.push_back({.file = file, .document = entry.document, .hash = entry.state.hash, .as_indexed = same});
    }
  }

  void files_before(const std::string* path) {
    for (; file_ != archive_.entries.end() && (path == nullptr || file_->path < *path); ++file_) add(*file_);
  }

  void add(const ArchiveEntry& file) {
    const auto failed = failed_.find(file.path);
    if (failed != failed_.end() && may_be_skipped(*failed->second) && failed->second->size == file.size && failed->second->modified == file.modified) {
      plan_.failed.push_back(*failed->second);
    } else {
      plan_.read.push_back({.file = file});
    }
  }

  // The first new file of a size and time takes the first vanished one's document.
  void pair_moved() {
    std::multimap<std::pair<std::uint64_t, std::int64_t>, const IndexedEntry*> vanished;
    for (const auto& entry : plan_.remove) vanished.emplace(std::pair(entry.state.size, entry.state.modified), &entry);
    std::vector<const IndexedEntry*> moved;
    for (auto& planned : plan_.read) {
      const auto found = planned.document == 0 ? vanished.find({planned.file.size, planned.file.modified}) : vanished.end();
      if (found == vanished.end()) continue;
      planned.document = found->second->document;
      planned.hash = found->second->state.hash;
      planned.moved_from = found->second->path;
      moved.push_back(found->second);
      vanished.erase(found);
    }
    std::ranges::sort(moved);
    const IndexedEntry* const first = plan_.remove.data();
    std::vector<IndexedEntry> gone;
    for (std::size_t i = 0; i < plan_.remove.size(); ++i) {
      if (!std::ranges::binary_search(moved, first + i)) gone.push_back(plan_.remove[i]);
    }
    plan_.remove = std::move(gone);
  }

  // A folder that is not mounted looks like an empty one.
  void require_articles_in_each_folder() const {
    for (const auto& folder : archive_.folders) {
      if (std::ranges::any_of(archive_.entries, [&](const ArchiveEntry& entry) { return is_below(entry.path, {folder}); })) continue;
      throw Error(fmt::format("{}: holds no article (*.txt); nothing was changed", replace_invalid_utf8(folder)), hint(plan_.remove.size()));
    }
  }

  void require_few_removals(RemovalLimit limit) const {
    const std::uint64_t gone = plan_.remove.size();
    const bool many = gone > kManyRemovals && static_cast<double>(gone) > kManyRemovalsShare * static_cast<double>(indexed_here_);
    if (!(limit.most ? gone > *limit.most : many)) return;
    throw Error(fmt::format("{} of {} indexed articles are gone from the archive; nothing was changed", gone, indexed_here_), hint(gone));
  }

  const Archive& archive_;
  const PlanOptions& options_;
  std::vector<ArchiveEntry>::const_iterator file_;
  std::map<std::string_view, const FailedFile*> failed_;
  std::uint64_t indexed_here_ = 0;
  UpdatePlan plan_;
};

}  // namespace

UpdatePlan plan_update(const Archive& archive, const std::vector<IndexedEntry>& indexed, const std::vector<FailedFile>& failed_before,
                       RemovalLimit limit, const PlanOptions& options) {
  Planner planner(archive, failed_before, options);
  for (const auto& entry : indexed) planner.indexed(entry);
  return planner.finish(limit);
}

}  // namespace dateline
