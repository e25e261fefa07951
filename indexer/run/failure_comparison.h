// Which files fail now, which of them did before, and since when?
#pragma once

#include <vector>

#include "common/partial_date.h"
#include "indexer/database/failed_files.h"
#include "indexer/run/archive.h"
#include "indexer/run/run_report.h"
#include "indexer/run/update_plan.h"

namespace dateline {

// Completes report.failures (folders that cannot be listed, what is new, since when) and makes
// report.failing of them, of what the plan passed over and of what the run was stopped before.
// `known`: the failed files of the index before the run, by path. `read`: the files that were to be
// looked at; the first report.looked_at were. `today`: UTC.
void compare_failures(const UpdatePlan& plan, const Archive& archive,
                      const std::vector<FailedFile>& known, const std::vector<PlannedFile>& read,
                      Day today, RunReport& report);

}  // namespace dateline
