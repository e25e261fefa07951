#include "indexer/program/told_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <exception>
#include <new>

#include "common/cli/hint.h"
#include "common/cli/message.h"
#include "common/cli/output.h"
#include "common/cli/shell_word.h"
#include "common/cli/stop_signal.h"
#include "common/error.h"
#include "common/text/terminal_text.h"
#include "indexer/program/program_info.h"
#include "indexer/program/report_file.h"

namespace dateline {
namespace {

constexpr int kLockedStatus = 75;

// As main ends with it.
int status_of(const std::exception& error) {
  if (dynamic_cast<const LockedError*>(&error) != nullptr) return kLockedStatus;
  if (dynamic_cast<const StoppedError*>(&error) != nullptr) return 128 + stop_signal();
  return dynamic_cast<const OutputError*>(&error) != nullptr ? kOutputStatus : 3;
}

ToldRun begin_run(const IndexOptions& options, std::string_view action) {
  ToldRun run{.entry = {.action = std::string(action), .started = now_in_seconds()}};
  run.entry.pid = static_cast<std::uint64_t>(getpid());
  run.entry.program = fmt::format("{} {}", kIndexProgram.name, DATELINE_VERSION);
  for (const auto& folder : options.arguments) run.entry.folders.push_back(folder.string());
  return run;
}

// A run that failed before it had the lock tells of it when no other run is at work, whose files
// these are.
bool may_write_reports(const IndexOptions& options, ToldRun& run, int status) {
  if (run.lock || options.summary_file.empty()) return run.lock.has_value();
  if (status == kLockedStatus) return false;
  std::error_code failure;
  if (!std::filesystem::exists(options.database, failure)) return !failure;
  if (!std::filesystem::exists(options.database / kLockName, failure)) return false;
  try {
    run.lock.emplace(options.database);
    return true;
  } catch (const Error&) {
    return false;
  }
}

// A copy is whole without a line in the history, which one who may only read the database cannot
// write. Says so.
bool passes_without_line(const IndexOptions& options, const ToldRun& run, const Error& error) {
  if (run.entry.action != "backup" || run.entry.status != 0) return false;
  if (faccessat(AT_FDCWD, options.database.c_str(), W_OK, AT_EACCESS) == 0) return false;
  if (!options.quiet) {
    say(fmt::format("dateline-index: warning: this backup leaves no line in the history: {}\n",
                    harmless(error.what())));
  }
  return true;
}

// Of a history that belongs to another than its folder: root's hand, a copied index.
std::string hint_for_history(const std::filesystem::path& database) {
  const std::filesystem::path history = database / kHistoryName;
  struct stat folder {};
  struct stat file {};
  if (stat(database.c_str(), &folder) != 0 || lstat(history.c_str(), &file) != 0) return "";
  if (folder.st_uid == file.st_uid) return "";
  return fmt::format("as root: chown --reference={} {}", shell_word(database.string()),
                     shell_word(history.string()));
}

void write_history(const IndexOptions& options, const ToldRun& run) {
  try {
    append_run(options.database, run.entry);
  } catch (const Error& error) {
    if (passes_without_line(options, run, error)) return;
    throw Error(fmt::format("the history of runs cannot be written: {}", error.what()),
                hint_for_history(options.database));
  }
}

// Gives the exit status: that of the run, or 74 when that would be lower and something could not be
// told.
int end_run(const IndexOptions& options, ToldRun& run, int status) {
  if (run.told_by_child) return status;
  note_stop_signals();
  const auto note_failure = [&](bool told) {
    if (!told && status <= 1) status = kOutputStatus;
    run.entry.status = status;
  };
  run.entry.status = status;
  const bool reports = may_write_reports(options, run, status);
  run.entry.ended = now_in_seconds();  // not before the lock says that it began
  if (reports && run.report && !options.errors_file.empty()) {
    const auto write_errors = [&] { write_report(options.errors_file, errors_file(*run.report)); };
    note_failure(is_told(run, write_errors));
  }
  const auto write_summary = [&] {
    const RunReport* report = run.report ? &*run.report : nullptr;
    write_report(options.summary_file,
                 ended_summary(run.entry, shown_database(options), report) + '\n');
  };
  const bool summarised = reports && !options.summary_file.empty();
  if (summarised) note_failure(is_told(run, write_summary));
  const int before = status;
  note_failure(is_told(run, [&] { write_history(options, run); }));
  const bool changed = summarised && status != before && is_replaceable(options.summary_file);
  if (changed) is_told(run, write_summary);
  if (run.lock) run.lock->note_end();
  return status;
}

}  // namespace

std::string shown_database(const IndexOptions& options) {
  std::error_code failure;
  const auto path = std::filesystem::absolute(options.database, failure);
  return (failure ? options.database : path.lexically_normal()).string();
}

bool is_told(const ToldRun& run, const std::function<void()>& telling) {
  const char* const done = run.report && !run.report->stopped ? "; the index is up to date" : "";
  std::string hint;
  try {
    telling();
    return true;
  } catch (const std::bad_alloc&) {
    say("dateline-index: out of memory for telling what was done");
  } catch (const std::exception& error) {
    say("dateline-index: ");
    say(harmless(error.what()));
    if (const auto* ours = dynamic_cast<const Error*>(&error)) hint = harmless(hint_of(*ours));
  }
  say(done);
  say("\n");
  if (!hint.empty()) say("hint: " + hint + "\n");
  return false;
}

void write_running(const IndexOptions& options, ToldRun& run, const RunLock& lock) {
  run.lock.emplace(lock.shared());
  if (options.summary_file.empty() || !is_replaceable(options.summary_file)) return;
  try {
    write_report(options.summary_file, running_summary(run.entry, shown_database(options)) + '\n');
  } catch (const Error&) {
  }
}

int told(const IndexOptions& options, std::string_view action,
         const std::function<int(ToldRun&)>& work) {
  ToldRun run = begin_run(options, action);
  int status = 0;
  try {
    status = work(run);
  } catch (const std::exception& error) {
    const bool no_memory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr;
    run.entry.error = no_memory ? "out of memory" : error.what();
    end_run(options, run, status_of(error));
    throw;
  }
  return end_run(options, run, status);
}

}  // namespace dateline
