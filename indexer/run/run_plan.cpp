#include "indexer/run/run_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "common/real_path.h"
#include "indexer/database/run_lock.h"
#include "indexer/run/elsewhere.h"
#include "indexer/run/excluded_files.h"

namespace dateline {
namespace {

// Folders as they were spelt, and by their real path.
PathTree spellings(const std::vector<std::filesystem::path>& folders) {
  PathTree tree;
  for (const auto& folder : folders) {
    tree.add(spelt_path(folder));
    tree.add(real_path(folder));
  }
  return tree;
}

std::vector<std::string> unknown_folders(const std::vector<std::filesystem::path>& folders,
                                         const std::vector<IndexedEntry>& indexed) {
  std::vector<std::string> unknown;
  for (const auto& folder : folders) {
    const PathTree tree = spellings({folder});
    const auto lies_there = [&](const IndexedEntry& entry) { return tree.holds(entry.path); };
    if (std::ranges::none_of(indexed, lies_there)) unknown.push_back(folder.string());
  }
  return unknown;
}

// What a hint repeats when it has to be asked again.
RefusedRun asked_again(const RunRequest& request) {
  RefusedRun run{.database = request.database.string(), .rebuild = request.rebuild};
  for (const auto& folder : request.forget) run.forget.push_back(folder.string());
  for (const auto& folder : request.folders) run.folders.push_back(folder.string());
  return run;
}

PlanOptions plan_options(const RunRequest& request) {
  return {.verify = request.verify_files,
          .retry_failed = request.retry_failed,
          .forget = spellings(request.forget),
          .asked = asked_again(request)};
}

}  // namespace

IndexSettings settings_after(const RunRequest& request, IndexSettings stored, RunReport& report) {
  stored.any_date = stored.any_date || request.any_date;
  if (!request.exclude) return stored;
  const auto missing = [](const ExcludeList& of, const ExcludeList& in) {
    return static_cast<std::size_t>(std::ranges::count_if(
        of, [&](const ExcludedPath& path) { return std::ranges::find(in, path) == in.end(); }));
  };
  report.exclude_changes =
      ExcludeChanges{request.exclude->size(), missing(*request.exclude, stored.exclude),
                     missing(stored.exclude, *request.exclude)};
  stored.exclude = *request.exclude;
  return stored;
}

UpdatePlan plan_for(const RunRequest& request, const std::vector<IndexedEntry>& indexed,
                    const std::vector<FailedFile>& failed_before, const IndexSettings& settings,
                    Archive& archive, RunReport& report) {
  PlanOptions options = plan_options(request);
  options.exclude = excluded_paths(settings.exclude, archive);
  report.kept_out = leave_out(options.exclude, archive);
  Elsewhere elsewhere = look_elsewhere(archive, indexed, options, request.stop);
  for (auto& path : elsewhere.excluded) options.exclude.add(std::move(path));
  archive.respelt = std::move(elsewhere.respelt);
  report.forgot_nothing = unknown_folders(request.forget, indexed);
  report.lost_elsewhere = elsewhere.lost;
  report.lost_folders = std::move(elsewhere.forget);
  UpdatePlan plan = plan_update(archive, indexed, failed_before, request.removal_limit, options);
  if (request.stop && request.stop()) throw StoppedError("stopped");
  report.unchanged = plan.unchanged;
  report.elsewhere = plan.elsewhere;
  report.ignored = archive.ignored;
  report.unlisted = archive.unreadable;
  report.failed_before = plan.failed;
  report.offline = plan.offline;
  report.excluded = plan.excluded;
  report.forgotten = plan.forgotten;
  report.needed_permission = plan.needed_permission;
  return plan;
}

}  // namespace dateline
