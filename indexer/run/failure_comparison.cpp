#include "indexer/run/failure_comparison.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

// Of files by path.
const FailedFile* find_failed(const std::vector<FailedFile>& files, const std::string& path) {
  const auto at = std::ranges::lower_bound(files, path, {}, &FailedFile::path);
  return at != files.end() && at->path == path ? &*at : nullptr;
}

// What will be known as failed: this run's failures, those not looked at again, and those where it
// did not look. A file that could not be read is kept to be named by --stats --failed; the plan
// looks at it again each time.
std::vector<FailedFile> failures_after(const UpdatePlan& plan, const Archive& archive,
                                       const std::vector<FailedFile>& known,
                                       const std::vector<PlannedFile>& read,
                                       const RunReport& report, Day today) {
  std::map<std::string, FailedFile> failed;  // of two that say something of a path the first counts
  for (const auto& failure : report.failures) {
    const auto at =
        std::ranges::lower_bound(archive.entries, failure.path, {}, &ArchiveEntry::path);
    const bool is_file = at != archive.entries.end() && at->path == failure.path;
    const ArchiveEntry file = is_file ? *at : ArchiveEntry{};
    failed.emplace(failure.path, FailedFile{.path = failure.path,
                                            .size = file.size,
                                            .modified = file.modified,
                                            .reason = std::string(reason_code(failure.reason)),
                                            .changed = file.changed,
                                            .inode = file.inode,
                                            .date_outside = failure.date_outside,
                                            .since = failure.since});
  }
  for (const auto* files : {&plan.failed, &plan.failed_elsewhere}) {
    for (const auto& file : *files) failed.emplace(file.path, file);
  }
  for (std::size_t i = report.looked_at; i < read.size(); ++i) {  // the run was stopped before them
    const FailedFile* before = find_failed(known, read[i].file.path);
    if (before != nullptr) failed.emplace(before->path, *before);
  }
  std::vector<FailedFile> files;
  for (auto& [path, file] : failed) {
    if (file.since.empty()) file.since = to_string(today);
    files.push_back(std::move(file));
  }
  return files;
}

// A folder that cannot be listed fails as a file does that cannot be read.
void add_unlisted(RunReport& report) {
  for (const auto& folder : report.unlisted) {
    report.failures.push_back(
        {folder, BadArticle::unreadable,
         replace_invalid_utf8(folder) + ": cannot be listed; what is indexed below it stays"});
  }
  std::ranges::sort(report.failures, {}, &FileFailure::path);
}

// What failed before for the same reason is not new.
void mark_new(const std::vector<FailedFile>& before, Day today, RunReport& report) {
  for (auto& failure : report.failures) {
    const FailedFile* known = find_failed(before, failure.path);
    failure.is_new = known == nullptr || known->reason != reason_code(failure.reason);
    failure.since = failure.is_new || known->since.empty() ? to_string(today) : known->since;
  }
}

}  // namespace

void compare_failures(const UpdatePlan& plan, const Archive& archive,
                      const std::vector<FailedFile>& known, const std::vector<PlannedFile>& read,
                      Day today, RunReport& report) {
  add_unlisted(report);
  mark_new(known, today, report);
  report.failing = failures_after(plan, archive, known, read, report, today);
}

}  // namespace dateline
