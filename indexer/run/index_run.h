// One run of the nightly job: bring the index up to date with the archive.
//
// scan -> plan -> read, parse, extract (many threads) -> write (one) -> commit. What the run did
// comes back as a report.
#pragma once

#include "indexer/extract/extractor.h"
#include "indexer/run/run_report.h"
#include "indexer/run/run_request.h"
#include "indexer/write/xapian_writer.h"

namespace dateline {

// Throws Error (nothing committed, or the last batch before the error), StoppedError (before
// anything was changed), LockedError. Another kind of writer may be given.
RunReport run_index(const RunRequest& request, const Extractor& extractor,
                    const OpenWriter& open_writer = open_xapian_writer);

// --dry-run: tells the listener what run_index would look at ("add", "check", "move" and "remove"),
// reads no article and changes nothing. The report counts what run_index would do, as far as that
// is known without reading; `took` is the time for scan and plan.
RunReport plan_run(const RunRequest& request, const Extractor& extractor);

}  // namespace dateline
