// A run of dateline-index, and what is told of it: a line of the history, the files of --summary
// and
// --errors. It is told of however it ends.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/database/run_history.h"
#include "indexer/database/run_lock.h"
#include "indexer/program/options.h"
#include "indexer/run/run_report.h"

namespace dateline {

struct ToldRun {
  RunEntry entry;
  std::optional<RunLock> lock = {};      // held until all is told
  std::optional<RunReport> report = {};  // of a run that came to its end
  bool told_by_child = false;            // a child process did the work and told of it
};

// The database as summaries and metrics name it: absolute.
std::string shown_database(const IndexOptions& options);

// Runs `work`, which gives the exit status, then tells of it. Gives that status, or 74 when it
// would be lower and something could not be told. What `work` throws is thrown again when it is
// told. From the end of `work` on no signal to stop keeps it from being told.
int told(const IndexOptions& options, std::string_view action,
         const std::function<int(ToldRun&)>& work);

// Once no other run can write: keeps the lock, and --summary says "running". What cannot be written
// now will be complained of at the end.
void write_running(const IndexOptions& options, ToldRun& run, const RunLock& lock);

// What the run did is done, whatever goes wrong with telling it: that goes to standard error. True
// when nothing did.
bool is_told(const ToldRun& run, const std::function<void()>& telling);

}  // namespace dateline
