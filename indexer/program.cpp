#include "indexer/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <new>

#include "common/completion.h"
#include "common/manual.h"
#include "common/message.h"
#include "common/output.h"
#include "common/process.h"
#include "common/schema.h"
#include "common/shell_word.h"
#include "common/stop_signal.h"
#include "common/terminal_text.h"
#include "indexer/alias_preview.h"
#include "indexer/archive.h"
#include "indexer/article_reader.h"
#include "indexer/audit.h"
#include "indexer/canonical_dump.h"
#include "indexer/index_check.h"
#include "indexer/index_run.h"
#include "indexer/index_stats.h"
#include "indexer/maintenance.h"
#include "indexer/named_file.h"
#include "indexer/pipeline.h"
#include "indexer/program_info.h"
#include "indexer/run_history.h"
#include "indexer/run_lock.h"

namespace dateline {
namespace {

constexpr const char* kName = "dateline-index";

void note(const std::string& text) { complain(kName, text, "", 0); }

void report_folders(const RunReport& report, const IndexOptions& options) {
  for (const auto& folder : report.offline) {
    note(fmt::format("offline: {}: {}; what is indexed below it stays", folder.path, folder.why));
  }
  for (const auto& folder : report.forgot_nothing) note(fmt::format("--forget {}: no indexed article lies below it", folder));
  if (report.lost_elsewhere == 0) return;
  constexpr std::size_t kShown = 5;
  const std::size_t shown = std::min(kShown, report.lost_folders.size());
  std::string call = fmt::format("dateline-index --db {}", shell_word(options.database.string()));
  for (std::size_t i = 0; i < shown; ++i) call += " --forget " + shell_word(report.lost_folders[i]);
  if (shown < report.lost_folders.size()) call += fmt::format(" (and {} more)", report.lost_folders.size() - shown);
  complain(kName, fmt::format("{} indexed articles lie outside the folders named and are no longer there", with_commas(report.lost_elsewhere)),
           "if they are gone for good: " + call, 0);
}

void report_failure(const FileFailure& failure) {
  note(fmt::format("{}: {}", reason_code(failure.reason), failure.message));
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  if (file.empty()) return;
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw Error(fmt::format("{}: cannot be written", file.string()));
}

void write_reports(const IndexOptions& options, const RunReport& report) {
  write_file(options.summary_file, to_json(report) + '\n');
  std::string errors;
  for (const auto& failure : report.failures) errors += to_json(failure) + '\n';
  write_file(options.errors_file, errors);
}

// A line on a terminal that is written over, at most five times a second.
class ProgressLine {
 public:
  ProgressLine(bool shown, std::optional<Seconds> limit) : shown_(shown), limit_(limit) {}

  bool operator()(std::uint64_t done, std::uint64_t all) {
    const auto now = std::chrono::steady_clock::now();
    if (shown_ && (now - last_ > std::chrono::milliseconds(200) || done == all)) {
      last_ = now;
      const double seconds = std::chrono::duration<double>(now - begin_).count();
      const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
      const double left = rate > 0 ? static_cast<double>(all - done) / rate : 0;
      say(fmt::format("\r{} of {} articles, {:.0f}/s, {:.0f} s left   {}", done, all, rate, left,
                      done == all ? "\n" : ""));
    }
    return stop_signal() == 0 && (!limit_ || now - begin_ < *limit_);
  }

 private:
  bool shown_;
  std::optional<Seconds> limit_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_ = begin_;
};

std::string planned(const RunReport& report) {
  return fmt::format("would add {}, check {}, move {}, remove {}; unchanged {} articles", report.added, report.updated, report.moved, report.removed,
                     report.unchanged);
}

UserAliases read_aliases(const std::filesystem::path& file) {
  const auto stop = [] { return stop_signal() != 0; };
  return parse_user_aliases(read_named_file(file, "name a file of lines \"name TAB canonical name\"", stop), file.string());
}

ExcludeList read_exclude_list(const std::filesystem::path& file) {
  const auto stop = [] { return stop_signal() != 0; };
  return parse_exclude_list(read_named_file(file, "name a file with a path a line", stop), file.string());
}

void report_dates(const RunReport& report) {
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < std::min(kShown, report.future_dates.size()); ++i) {
    note(fmt::format("{}: is dated {}, after tomorrow", report.future_dates[i].path, to_string(report.future_dates[i].date)));
  }
  if (report.future_dates.size() > kShown) note(fmt::format("{} more are dated after tomorrow", report.future_dates.size() - kShown));
}

// What comes back into the index is said also with --quiet: a list may be empty by mistake.
void report_exclusion(const RunReport& report, bool quiet) {
  if (!report.exclude_changes) return;
  const auto [paths, added, dropped] = *report.exclude_changes;
  const std::string text = fmt::format("{} paths are excluded: {} more, {} no longer", paths, added, dropped);
  if (dropped > 0) note(text);
  else if (!quiet) print_later(text + '\n');
}

// As main ends with it.
int status_of(const std::exception& error) {
  if (dynamic_cast<const LockedError*>(&error) != nullptr) return 75;
  if (dynamic_cast<const StoppedError*>(&error) != nullptr) return 128 + stop_signal();
  return dynamic_cast<const OutputError*>(&error) != nullptr ? kOutputStatus : 3;
}

RunEntry begun_entry(const IndexOptions& options, std::string_view action) {
  RunEntry entry{.action = std::string(action), .started = now_in_seconds()};
  entry.pid = static_cast<std::uint64_t>(getpid());
  entry.program = fmt::format("dateline-index {}", DATELINE_VERSION);
  for (const auto& folder : options.arguments) entry.folders.push_back(folder.string());
  entry.deletions_allowed = options.removal_limit.most.has_value() || !options.exclude_file.empty() || !options.forget.empty();
  return entry;
}

// True when it is written, or there is no folder to write it to.
bool remember(const IndexOptions& options, RunEntry entry, int status, const char* error) try {
  entry.error = error;
  entry.status = status;
  entry.ended = now_in_seconds();
  append_run(options.database, entry);
  return true;
} catch (const std::exception& why) {
  note(std::string("the history of runs cannot be written: ") + why.what());
  return false;
}

// Every run is remembered, also one that fails.
template <class Work>
int remembered(const IndexOptions& options, std::string_view action, const Work& work) {
  RunEntry entry = begun_entry(options, action);
  int status = 0;
  try {
    status = work(entry);
  } catch (const std::exception& error) {
    remember(options, std::move(entry), status_of(error), error.what());
    throw;
  }
  return remember(options, std::move(entry), status, "") || status > 1 ? status : kOutputStatus;
}

void say_report(const IndexOptions& options, const RunRequest& request, const RunReport& report) {
  for (const auto& failure : report.failures) report_failure(failure);
  for (const auto& folder : report.unlisted) {
    note(fmt::format("unreadable: {}: cannot be listed; what is indexed below it stays", folder));
  }
  for (const auto& warning : report.warnings) note(warning);
  for (const auto& lost : report.lost) note(fmt::format("not carried over from the old index: {}", lost));
  if (!report.set_aside.empty()) {
    note(fmt::format("the old index is kept as {}; remove it when nothing of it is needed", (options.database / report.set_aside).string()));
  }
  report_folders(report, options);
  report_dates(report);
  report_exclusion(report, options.quiet);
  if (!options.quiet && (!options.arguments.empty() || !options.forget.empty() || request.exclude)) print_later(summary(report) + '\n');
  if (!options.quiet && request.aliases) {
    print_later(fmt::format("{} aliases in the index\n", request.aliases->size()));
  }
  if (!report.stopped) return;
  const int signal = stop_signal();
  note(fmt::format("stopped {}; {}", signal != 0 ? fmt::format("by signal {}", signal) : "at the time limit",
                   report.rebuild == Rebuild::unfinished ? "the rebuild goes on in the next run, searches see the old index" : "what was done is committed"));
}

int status_of(const RunReport& report) {
  if (report.stopped) return stop_signal() != 0 ? 128 + stop_signal() : 4;
  return report.failures.empty() && report.unlisted.empty() && report.offline.empty() && report.lost.empty() ? 0 : 1;
}

// What the run did is done, whatever goes wrong with telling it. True when nothing did.
bool is_told(const RunReport& report, const std::function<void()>& telling) {
  const char* const done = report.stopped ? "" : "; the index is up to date";
  try {
    telling();
    return true;
  } catch (const std::bad_alloc&) {
    say("dateline-index: out of memory for telling what was done");
  } catch (const std::exception& error) {
    say("dateline-index: ");
    say(error.what());
  }
  say(done);
  say("\n");
  return false;
}

void flush_to_reader() try {
  flush_output();
} catch (const OutputError& error) {
  if (!error.reader_is_gone()) throw;
}

// The status of the run, or 74 when that would be lower and something could not be told.
int tell(const IndexOptions& options, const RunRequest& request, const RunReport& report, RunEntry& entry) {
  const bool taken = is_told(report, [&] { take_report(entry, report); });
  const bool written = is_told(report, [&] { write_reports(options, report); });
  const bool said = is_told(report, [&] { say_report(options, request, report); });
  const bool printed = is_told(report, flush_to_reader);
  const int status = status_of(report);
  return status > 1 || (taken && written && said && printed) ? status : kOutputStatus;
}

int index(const IndexOptions& options, RunEntry& entry) {
  const Extractor extractor = Extractor::load(options.data);
  RunRequest request{.database = options.database, .folders = options.arguments, .forget = options.forget, .any_date = options.any_date, .rebuild = options.rebuild, .upgrade = !options.no_upgrade, .retry_failed = options.retry_failed,
                     .verify_files = options.verify_files, .verify_rate = options.verify_rate.value_or(kVerifyRate), .removal_limit = options.removal_limit, .threads = options.threads, .wait = options.wait,
                     .progress = ProgressLine(!options.quiet && isatty(STDERR_FILENO) != 0, options.time_limit), .stop = [] { return stop_signal() != 0; }};
  if (!options.aliases_file.empty()) request.aliases = read_aliases(options.aliases_file);
  if (!options.exclude_file.empty()) request.exclude = read_exclude_list(options.exclude_file);
  if (options.verbose || options.dry_run) {
    // A reader that has gone (-v | head) or a full disk does not stop the run.
    request.listener = [](std::string_view what, const std::string& path) {
      print_later(fmt::format("{} {}\n", what, harmless(path)));
    };
  }
  if (options.dry_run) {
    const RunReport report = plan_run(request, extractor);
    report_folders(report, options);
    print(fmt::format("{}{}\n", planned(report), report.upgraded_from.empty() ? "" : "; would rebuild the index: was made with " + report.upgraded_from));
    return 0;
  }
  const RunReport report = run_index(request, extractor);
  work_is_done();
  return tell(options, request, report, entry);
}

int index(const IndexOptions& options) {
  note_stop_signals();
  if (options.dry_run) {
    RunEntry none;
    return index(options, none);
  }
  return remembered(options, options.rebuild ? "rebuild" : "index", [&](RunEntry& entry) { return index(options, entry); });
}

int compact(const IndexOptions& options) {
  return remembered(options, "compact", [&](RunEntry&) {
    compact_index(options.database, options.wait);
    return 0;
  });
}

int backup(const IndexOptions& options) {
  return remembered(options, "backup", [&](RunEntry&) {
    backup_index(options.database, options.backup_folder);
    return 0;
  });
}

int preview(const IndexOptions& options) {
  preview_aliases(options.database, read_aliases(options.aliases_file), [](const std::string& line) {
    print(harmless(line) + '\n');
  });
  return 0;
}

int extract(const IndexOptions& options) {
  const Extractor extractor = Extractor::load(options.data);
  bool failed = false;
  const auto print_line = [](const std::string& json) {
    print(json);
    print("\n");
    return true;
  };
  const auto window = options.any_date ? std::nullopt : std::optional(date_window(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())));
  extract_files(list_files(options.arguments), extractor, options.threads, window, print_line, [&](const FileFailure& failure) {
    report_failure(failure);
    failed = true;
  });
  return failed ? 1 : 0;
}

int explain(const IndexOptions& options) {
  const Extractor extractor = Extractor::load(options.data);
  const std::string path = options.explained_file.string();
  try {
    const Article article = parse_article(path, read_article_file(path));
    Trace trace;
    extractor.extract(article, &trace);
    print(harmless_lines(to_text(trace, article, options.explained_offset)));
    return 0;
  } catch (const ArticleError& error) {
    report_failure({path, error.reason(), error.what()});
    return 1;
  }
}

int check(const IndexOptions& options) {
  const bool clean = check_index(options.database, note);
  if (!clean) {
    say("hint: rebuild the index with --rebuild, or restore a backup\n");
    return 3;
  }
  if (!options.quiet) print("no damage found\n");
  return 0;
}

int stats(const IndexOptions& options) {
  const IndexStats stats = read_index_stats(options.database);
  if (options.failed) print(options.json ? failed_as_json_lines(stats) : failed_as_text(stats));
  else print(options.json ? to_json(stats) + '\n' : to_text(stats));
  return 0;
}

int print_audit(const IndexOptions& options) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const Audit found = audit(read_dated_articles(options.database), read_index_stats(options.database).failed, options.audited, today);
  print(options.json ? to_json(found) + '\n' : to_text(found));
  return 0;
}

int dump(const IndexOptions& options) {
  dump_index(options.database, [](const std::string& line) {
    print(line);
    print("\n");
  });
  return 0;
}

std::string generated(Generated what) {
  switch (what) {
    case Generated::manual: return manual_page(kIndexProgram, DATELINE_VERSION);
    case Generated::bash: return bash_completion(kIndexProgram);
    case Generated::zsh: return zsh_completion(kIndexProgram);
  }
  return "";
}

}  // namespace

int run_index_program(const IndexOptions& options) {
  switch (options.action) {
    case IndexAction::index: return index(options);
    case IndexAction::extract: return extract(options);
    case IndexAction::explain: return explain(options);
    case IndexAction::preview_aliases: return preview(options);
    case IndexAction::dump: return dump(options);
    case IndexAction::check: return check(options);
    case IndexAction::compact: return compact(options);
    case IndexAction::backup: return backup(options);
    case IndexAction::stats: return stats(options);
    case IndexAction::audit: return print_audit(options);
    case IndexAction::help: print(short_help(kIndexProgram)); return 0;
    case IndexAction::help_all: print(long_help(kIndexProgram)); return 0;
    case IndexAction::generate: print(generated(options.generated)); return 0;
    case IndexAction::version:
      print(fmt::format("dateline-index {} (index schema {}), GPL-2.0-or-later\nPlace names: GeoNames, www.geonames.org, CC BY 4.0\n", DATELINE_VERSION, kSchemaVersion));
      return 0;
  }
  return 2;
}

}  // namespace dateline
