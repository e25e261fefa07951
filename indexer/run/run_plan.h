// What a request means for this archive and this index.
#pragma once

#include <vector>

#include "indexer/database/failed_files.h"
#include "indexer/database/index_settings.h"
#include "indexer/run/archive.h"
#include "indexer/run/run_report.h"
#include "indexer/run/run_request.h"
#include "indexer/run/update_plan.h"

namespace dateline {

// What the index is to remember after the run: what is `stored`, and what the request tells anew.
// Reports how the list of excluded paths changes.
IndexSettings settings_after(const RunRequest& request, IndexSettings stored, RunReport& report);

// Takes what is excluded out of the archive, asks the disk for articles outside the folders, then
// plans; the report counts what the plan leaves alone. `indexed` and `failed_before` by path.
// Throws Error as plan_update() does, StoppedError when the request's stop says so.
UpdatePlan plan_for(const RunRequest& request, const std::vector<IndexedEntry>& indexed,
                    const std::vector<FailedFile>& failed_before, const IndexSettings& settings,
                    Archive& archive, RunReport& report);

}  // namespace dateline
