#include "indexer/run/update_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/run/coverage.h"

namespace dateline {
namespace {

constexpr const char* kEmpty = "holds no article (*.txt)";

// Permissions change without size or time: what could not be read may be readable today.
// A date too far ahead is near enough some day.
bool may_be_skipped(const FailedFile& failed) {
  return failed.reason != reason_code(BadArticle::unreadable) && !failed.date_outside;
}

bool is_as_it_failed(const ArchiveEntry& file, const FailedFile& failed) {
  return file.size == failed.size && file.modified == failed.modified &&
         file.changed == failed.changed && file.inode == failed.inode;
}

bool is_as_indexed(const ArchiveEntry& file, const FileState& state) {
  return file.size == state.size && file.modified == state.modified &&
         file.changed == state.changed && file.inode == state.inode;
}

// Does a sorted list hold a path below the folder?
template <class Entry>
bool any_below(const std::vector<Entry>& entries, const std::string& folder) {
  const std::string begin = folder == "/" ? folder : folder + '/';
  const auto at = std::ranges::lower_bound(entries, begin, {}, &Entry::path);
  return at != entries.end() && at->path.starts_with(begin);
}

bool is_many(std::uint64_t gone, std::uint64_t of) {
  return gone > kManyRemovals &&
         static_cast<double>(gone) > kManyRemovalsShare * static_cast<double>(of);
}

// An indexed article that is not where it was.
struct Vanished {
  const IndexedEntry* entry;
  bool counts;  // for the removal limit: not told to go, and nothing of it stays under another name
  bool moves;   // it may be a new file's document
  bool forgotten = false;  // told to go
};

// Walks the files of the archive and the entries of the index side by side, both by path.
class Planner {
 public:
  Planner(const Archive& archive, const std::vector<IndexedEntry>& indexed,
          const PlanOptions& options)
      : archive_(archive),
        indexed_(indexed),
        options_(options),
        coverage_(archive),
        file_(archive.entries.begin()) {
    for (const auto& folder : offline_folders(archive, indexed)) {
      coverage_.set_offline(folder);
      plan_.offline.push_back({folder.given, folder.offline});
    }
  }

  UpdatePlan plan(const std::vector<FailedFile>& failed_before, RemovalLimit limit) {
    take_failed(failed_before);
    for (const auto& entry : indexed_) take(entry);
    files_before(nullptr);
    pair_moved();
    require_few_removals(limit);
    return std::move(plan_);
  }

 private:
  void take_failed(const std::vector<FailedFile>& failed_before) {
    for (const auto& failed : failed_before) {
      if (options_.exclude.holds(failed.path)) continue;
      if (coverage_.of(failed.path) == Covered::known) {
        if (!options_.verify && !options_.retry_failed) failed_.emplace(failed.path, &failed);
      } else if (!options_.forget.holds(failed.path)) {
        plan_.failed_elsewhere.push_back(failed);
      }
    }
  }

  void take(const IndexedEntry& entry) {
    files_before(&entry.path);
    const bool present = file_ != archive_.entries.end() && file_->path == entry.path;
    const bool known = coverage_.of(entry.path) == Covered::known;
    const bool excluded = options_.exclude.holds(entry.path);
    const bool forgotten = excluded || options_.forget.holds(entry.path);
    indexed_here_ += known && !forgotten ? 1u : 0u;
    if (present) {
      look_at(*file_++, entry);
    } else if (excluded) {
      vanished_.push_back({&entry, false, false});
      ++plan_.excluded;
    } else if (forgotten) {
      vanished_.push_back({&entry, false, true, true});
    } else if (known) {
      vanished_.push_back({&entry, !is_found_under_another_name(entry.path), true});
    } else {
      ++plan_.elsewhere;
    }
  }

  bool is_found_under_another_name(const std::string& path) const {
    const std::string name = coverage_.scanned_name(path);
    return name != path &&
           std::ranges::binary_search(archive_.entries, name, {}, &ArchiveEntry::path);
  }

  void look_at(const ArchiveEntry& file, const IndexedEntry& entry) {
    const bool same = is_as_indexed(file, entry.state);
    if (same && !options_.verify) {
      ++plan_.unchanged;
    } else {
      plan_.read.push_back(
          {.file = file, .document = entry.document, .hash = entry.state.hash, .as_indexed = same});
    }
  }

  void files_before(const std::string* path) {
    for (; file_ != archive_.entries.end() && (path == nullptr || file_->path < *path); ++file_)
      add(*file_);
  }

  void add(const ArchiveEntry& file) {
    const auto failed = failed_.find(file.path);
    if (failed != failed_.end() && may_be_skipped(*failed->second) &&
        is_as_it_failed(file, *failed->second)) {
      plan_.failed.push_back(*failed->second);
    } else {
      plan_.read.push_back({.file = file});
    }
  }

  // The first new file of a size and time takes the first vanished one's document.
  void pair_moved() {
    std::multimap<std::pair<std::uint64_t, std::int64_t>, Vanished*> waiting;
    for (auto& vanished : vanished_) {
      if (vanished.moves)
        waiting.emplace(std::pair(vanished.entry->state.size, vanished.entry->state.modified),
                        &vanished);
    }
    for (auto& planned : plan_.read) {
      const auto found = planned.document == 0
                             ? waiting.find({planned.file.size, planned.file.modified})
                             : waiting.end();
      if (found == waiting.end()) continue;
      const IndexedEntry& entry = *std::exchange(found->second->entry, nullptr);
      planned.document = entry.document;
      planned.hash = entry.state.hash;
      planned.moved_from = entry.path;
      waiting.erase(found);
    }
    for (const auto& vanished : vanished_) {
      if (vanished.entry == nullptr) continue;
      plan_.remove.push_back(*vanished.entry);
      gone_ += vanished.counts ? 1u : 0u;
      plan_.forgotten += vanished.forgotten ? 1u : 0u;
    }
  }

  // Would so much less be left than there was lately?
  bool shrinks(std::uint64_t largest_lately) const {
    const std::uint64_t left = indexed_.size() - gone_;
    return gone_ > 0 && largest_lately > left && is_many(largest_lately - left, largest_lately);
  }

  void require_few_removals(RemovalLimit limit) {
    if (limit.most) {
      if (gone_ > *limit.most) refuse_removals();
      plan_.needed_permission = is_many(gone_, indexed_here_) || shrinks(limit.largest_lately);
      return;
    }
    if (is_many(gone_, indexed_here_)) refuse_removals();
    if (!shrinks(limit.largest_lately)) return;
    const std::uint64_t left = indexed_.size() - gone_;
    throw Error(fmt::format("{} of {} indexed articles are gone from the archive, and {} would be "
                            "left of {} in the last 30 days; nothing was changed",
                            gone_, indexed_here_, left, limit.largest_lately),
                removal_remedy());
  }

  [[noreturn]] void refuse_removals() const {
    throw Error(
        fmt::format("{} of {} indexed articles are gone from the archive; nothing was changed",
                    gone_, indexed_here_),
        removal_remedy());
  }

  Remedy removal_remedy() const {
    return {.kind = RemedyKind::allow_removals, .number = gone_, .refused = options_.asked};
  }

  const Archive& archive_;
  const std::vector<IndexedEntry>& indexed_;
  const PlanOptions& options_;
  Coverage coverage_;
  std::vector<ArchiveEntry>::const_iterator file_;
  std::map<std::string_view, const FailedFile*> failed_;
  std::vector<Vanished> vanished_;
  std::uint64_t indexed_here_ = 0;
  std::uint64_t gone_ = 0;
  UpdatePlan plan_;
};

[[noreturn]] void refuse_folders(const Archive& archive, const std::vector<ArchiveFolder>& offline,
                                 bool any_known) {
  std::string what;
  for (const auto& folder : offline)
    what += fmt::format("{}: {}; ", replace_invalid_utf8(folder.given), folder.offline);
  if (what.empty())
    what = fmt::format("{}: {}; ", replace_invalid_utf8(archive.folders.front().given), kEmpty);
  what += "nothing was changed";
  // A file that was named as a folder is no archive that has gone.
  if (std::ranges::any_of(offline,
                          [](const auto& folder) { return folder.offline == kNoFolder; })) {
    throw Error(what, "name the folder that holds the articles");
  }
  if (any_known) throw Error(what, Remedy{RemedyKind::forget_folder});
  throw Error(what);
}

}  // namespace

std::vector<ArchiveFolder> offline_folders(const Archive& archive,
                                           const std::vector<IndexedEntry>& indexed) {
  std::vector<ArchiveFolder> offline;
  bool any_articles = archive.folders.empty();
  bool any_known = false;
  for (const auto& folder : archive.folders) {
    const bool articles = folder.reached_before || any_below(archive.entries, folder.path);
    const bool known = any_below(indexed, folder.path) || any_below(indexed, folder.given);
    any_articles = any_articles || articles;
    any_known = any_known || known;
    if (folder.offline.empty() && (articles || !known)) continue;
    offline.push_back(folder);
    if (folder.offline.empty()) offline.back().offline = kEmpty;
  }
  if (!any_articles) refuse_folders(archive, offline, any_known);
  return offline;
}

UpdatePlan plan_update(const Archive& archive, const std::vector<IndexedEntry>& indexed,
                       const std::vector<FailedFile>& failed_before, RemovalLimit limit,
                       const PlanOptions& options) {
  return Planner(archive, indexed, options).plan(failed_before, limit);
}

}  // namespace dateline
