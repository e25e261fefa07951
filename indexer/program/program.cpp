#include "indexer/program/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>

#include "common/child_process.h"
#include "common/cli/completion.h"
#include "common/cli/hint.h"
#include "common/cli/manual.h"
#include "common/cli/message.h"
#include "common/cli/output.h"
#include "common/cli/process.h"
#include "common/cli/shell_word.h"
#include "common/cli/stop_signal.h"
#include "common/store/schema.h"
#include "common/text/terminal_text.h"
#include "common/text/unicode.h"
#include "indexer/care/alias_preview.h"
#include "indexer/care/audit.h"
#include "indexer/care/canonical_dump.h"
#include "indexer/care/health.h"
#include "indexer/care/index_check.h"
#include "indexer/care/index_stats.h"
#include "indexer/care/maintenance.h"
#include "indexer/database/adoption.h"
#include "indexer/database/generation.h"
#include "indexer/database/run_history.h"
#include "indexer/formats/article_format.h"
#include "indexer/program/program_info.h"
#include "indexer/program/told_run.h"
#include "indexer/run/archive.h"
#include "indexer/run/article_reader.h"
#include "indexer/run/complaint.h"
#include "indexer/run/index_run.h"
#include "indexer/run/named_file.h"
#include "indexer/run/pipeline.h"

namespace dateline {
namespace {

constexpr const char* kName = "dateline-index";

void note(const std::string& text) { complain(kName, text, "", 0); }

void report_folders(const RunReport& report, const IndexOptions& options) {
  for (const auto& line : folder_notices(report)) note(line);
  for (const auto& folder : report.forgot_nothing) {
    note(fmt::format("--forget {}: no indexed article lies below it", folder));
  }
  if (report.lost_elsewhere == 0) return;
  constexpr std::size_t kShown = 5;
  const std::size_t shown = std::min(kShown, report.lost_folders.size());
  std::string call = fmt::format("dateline-index --db {}", shell_word(options.database.string()));
  for (std::size_t i = 0; i < shown; ++i) call += " --forget " + shell_word(report.lost_folders[i]);
  if (shown < report.lost_folders.size()) {
    call += fmt::format(" (and {} more)", report.lost_folders.size() - shown);
  }
  complain(
      kName,
      report.lost_elsewhere == 1
          ? "1 indexed article lies outside the folders named and is no longer there"
          : fmt::format("{} indexed articles lie outside the folders named and are no longer there",
                        with_commas(report.lost_elsewhere)),
      "if they are gone for good: " + call, 0);
}

void report_failure(const FileFailure& failure) {
  note(fmt::format("{}: {}", reason_code(failure.reason), failure.message));
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
  return fmt::format("would add {}, check {}, move {}, remove {}; unchanged {}", report.added,
                     report.updated, report.moved, report.removed,
                     counted(report.unchanged, "article"));
}

UserAliases read_aliases(const std::filesystem::path& file) {
  const auto stop = [] { return stop_signal() != 0; };
  return parse_user_aliases(
      read_named_file(file, "name a file of lines \"name TAB canonical name\"", stop),
      file.string());
}

ExcludeList read_exclude_list(const std::filesystem::path& file) {
  const auto stop = [] { return stop_signal() != 0; };
  return parse_exclude_list(read_named_file(file, "name a file with a path a line", stop),
                            file.string());
}

// What comes back into the index is said also with --quiet: a list may be empty by mistake.
void report_exclusion(const RunReport& report, bool quiet) {
  if (!report.exclude_changes) return;
  const auto [paths, added, dropped] = *report.exclude_changes;
  const std::string text =
      fmt::format("{} {} excluded: {} more, {} no longer", counted(paths, "path"),
                  paths == 1 ? "is" : "are", with_commas(added), with_commas(dropped));
  if (dropped > 0) {
    note(text);
  } else if (!quiet) {
    print_later(text + '\n');
  }
}

// A line or a file that is not understood does not lose the night: the old aliases stay, and why is
// kept. Absent then.
std::optional<UserAliases> read_aliases(const IndexOptions& options, std::string& why) {
  if (options.aliases_file.empty()) return std::nullopt;
  try {
    return read_aliases(options.aliases_file);
  } catch (const Error& error) {
    if (options.arguments.empty() && options.forget.empty() && options.exclude_file.empty()) throw;
    why = fmt::format("{}; the old aliases stay", error.what());
    return std::nullopt;
  }
}

void report_warnings(const std::vector<std::string>& warnings) {
  for (const auto& warning : warnings) note("warning: " + warning);
}

void say_report(const IndexOptions& options, const RunRequest& request, const RunReport& report) {
  const auto known = options.quiet ? KnownFailures::silent : KnownFailures::counted;
  for (const auto& line : complaints(report.failures, known)) note(line);
  if (const std::string removals = removal_notice(report); !removals.empty()) note(removals);
  report_warnings(report.warnings);
  for (const auto& lost : report.lost) {
    note(fmt::format("not carried over from the old index: {}", lost));
  }
  if (!report.set_aside.empty()) {
    note(fmt::format("the old index is kept as {}; remove it when nothing of it is needed",
                     (options.database / report.set_aside).string()));
  }
  report_folders(report, options);
  for (const auto& line : date_notices(report)) note(line);
  report_exclusion(report, options.quiet);
  const bool articles = !options.arguments.empty() || !options.forget.empty() || request.exclude;
  if (!options.quiet && articles) {
    print_later(summary(report) + '\n');
  }
  if (!options.quiet && request.aliases && report.aliases_refused.empty()) {
    print_later(counted(request.aliases->size(), "alias") + " in the index\n");
  }
  if (const std::string changes = alias_notice(report); !changes.empty()) note(changes);
  if (!report.stopped) return;
  const int signal = stop_signal();
  note(fmt::format("stopped {}; {}",
                   signal != 0 ? fmt::format("by signal {}", signal) : "at the time limit",
                   report.rebuild == Rebuild::unfinished
                       ? "the rebuild goes on in the next run, searches see the old index"
                       : "what was done is committed"));
}

// Of aliases that were not taken.
void say_refused(const ToldRun& run) {
  if (run.entry.error.empty()) return;
  const bool many = run.report && !run.report->aliases_refused.empty();
  complain(kName, run.entry.error,
           many ? hint_text({.kind = RemedyKind::allow_alias_changes,
                             .number = run.report->alias_changes.all()})
                : "",
           1);
}

int status_of(const ToldRun& run) {
  if (run.report->stopped) return stop_signal() != 0 ? 128 + stop_signal() : 4;
  return new_failures(*run.report) == 0 && run.report->offline.empty() &&
                 run.report->lost.empty() && run.entry.error.empty()
             ? 0
             : 1;
}

void flush_to_reader() try { flush_output(); } catch (const OutputError& error) {
  if (!error.reader_is_gone()) throw;
}

int tell(const IndexOptions& options, const RunRequest& request, ToldRun& run) {
  const bool taken = is_told(run, [&] {
    take_report(run.entry, *run.report);
    if (!run.report->aliases_refused.empty()) {
      run.entry.error =
          fmt::format("{}: {}", options.aliases_file.string(), run.report->aliases_refused);
    }
  });
  const bool said = is_told(run, [&] {
    say_report(options, request, *run.report);
    say_refused(run);
  });
  const bool printed = is_told(run, flush_to_reader);
  const int status = status_of(run);
  return status > 1 || (taken && said && printed) ? status : kOutputStatus;
}

// The guard against silent losses counts from the history; without one it has its other rules.
std::uint64_t largest_lately(const IndexOptions& options) try {
  return largest_lately(read_runs(options.database), now_in_seconds());
} catch (const Error& error) {
  note(fmt::format("the history of runs cannot be read: {}", error.what()));
  return 0;
}

// What needs no file of the user's.
RunRequest request_of(const IndexOptions& options) {
  RunRequest request{
      .database = options.database,
      .folders = options.arguments,
      .forget = options.forget,
      .any_date = options.any_date,
      .most_alias_changes = options.most_alias_changes,
      .rebuild = options.rebuild,
      .upgrade = !options.no_upgrade,
      .retry_failed = options.retry_failed,
      .verify_files = options.verify_files,
      .verify_rate = options.verify_rate.value_or(kVerifyRate),
      .removal_limit = options.removal_limit,
      .threads = options.threads,
      .wait = options.wait,
      .progress = ProgressLine(!options.quiet && isatty(STDERR_FILENO) != 0, options.time_limit),
      .stop = [] { return stop_signal() != 0; },
  };
  if (options.verbose || options.dry_run) {
    // A reader that has gone (-v | head) or a full disk does not stop the run.
    request.listener = [](std::string_view what, const std::string& path) {
      print_later(fmt::format("{} {}\n", what, harmless(path)));
    };
  }
  return request;
}

// Of --dry-run.
int print_plan(const IndexOptions& options, const RunRequest& request, const Extractor& extractor,
               const ToldRun& run) {
  const RunReport report = plan_run(request, extractor);
  report_folders(report, options);
  std::string line = planned(report);
  if (!report.upgraded_from.empty()) {
    line += "; would rebuild the index: was made with " + report.upgraded_from;
  }
  print(line + '\n');
  say_refused(run);
  return run.entry.error.empty() ? 0 : 1;
}

constexpr std::uint64_t kLeastSeconds = 5;  // of computing
constexpr std::uint64_t kBytesASecond =
    200'000;  // of a database: several times as long as the slowest, --dump, takes

std::uint64_t most_seconds(const std::filesystem::path& database) {
  const auto generation = current_generation(database);
  if (!generation) return kLeastSeconds;
  generation_folder(database, *generation);  // a link is no generation
  return kLeastSeconds + generation_bytes(database, *generation) / kBytesASecond;
}

// Of --adopt, which may look at all of them.
std::uint64_t most_seconds_of_all(const std::filesystem::path& database) {
  std::error_code failure;
  if (!std::filesystem::is_directory(database, failure)) return kLeastSeconds;
  std::uint64_t bytes = 0;
  for (const auto& name : generations(database)) bytes += generation_bytes(database, name);
  return kLeastSeconds + bytes / kBytesASecond;
}

// Ends a run that is caught in the loops of a damaged index: its process computes for long and
// nothing goes on. What takes long by itself takes as long as the index is large.
class LoopGuard {
 public:
  explicit LoopGuard(std::filesystem::path database) : database_(std::move(database)) {
    measure();
    limit_.renew(most_);
  }

  void goes_on() {
    if (++steps_ % kSteps == 0) measure();
    limit_.renew(most_);
  }

 private:
  static constexpr int kSteps = 1000;

  void measure() try {
    most_ = std::chrono::seconds(kLeast + most_seconds_of_all(database_));
  } catch (const Error&) {  // of a folder that is no index: the run says so
  }

  static constexpr std::uint64_t kLeast = 20;
  std::filesystem::path database_;
  ProgressLimit limit_;
  std::chrono::seconds most_{kLeast};
  int steps_ = 0;
};

int index(const IndexOptions& options, ToldRun& run) {
  const Extractor extractor = Extractor::load(options.data);
  LoopGuard guard(options.database);
  RunRequest request = request_of(options);
  request.progress = [&, shown = std::move(request.progress)](std::uint64_t done,
                                                              std::uint64_t all) {
    guard.goes_on();
    return shown(done, all);
  };
  request.started = [&](const RunLock& lock) { write_running(options, run, lock); };
  request.aliases = read_aliases(options, run.entry.error);
  request.removal_limit.largest_lately = largest_lately(options);
  if (!options.exclude_file.empty()) request.exclude = read_exclude_list(options.exclude_file);
  if (options.dry_run) return print_plan(options, request, extractor, run);
  run.report = run_index(request, extractor);
  work_is_done();
  return tell(options, request, run);
}

// Was it asked to end? Otherwise it crashed.
bool asked_to_end(const ChildOutcome& child) {
  return child.signal == SIGINT || child.signal == SIGTERM || child.signal == SIGHUP ||
         child.signal == SIGKILL;
}

[[noreturn]] void throw_crashed(const IndexOptions& options, const ChildOutcome& child) {
  throw Error(fmt::format("{}: reading it ended by signal {}: the index is damaged",
                          options.database.string(), child.signal),
              "look for damage with dateline-index --check, rebuild with --rebuild");
}

// What reads a whole database, which may be damaged or a stranger's: Xapian follows damaged bytes
// wherever they lead, in a child here.
template <class Work>
int in_child(const IndexOptions& options, Work&& work) {
  flush_output();
  const auto ended = go_on_in_child(most_seconds(options.database));
  if (!ended) return work(options);
  if (ended->signal == 0) return ended->status;
  if (asked_to_end(*ended)) return 128 + ended->signal;
  throw_crashed(options, *ended);
}

// The status of a child that told of its run, or that was asked to end, which this process tells;
// absent when it crashed.
std::optional<int> status_of(const ChildOutcome& child, ToldRun& run) {
  run.entry.pid = static_cast<std::uint64_t>(child.pid);
  run.told_by_child = child.signal == 0;
  if (run.told_by_child) return child.status;
  if (!asked_to_end(child)) return std::nullopt;
  run.entry.stopped = true;
  run.entry.error = fmt::format("stopped by signal {}", child.signal);
  note(run.entry.error);
  return 128 + child.signal;
}

// The same for what is told of however it ends: by the child, or by this process when the child was
// killed.
int told_in_child(const IndexOptions& options, std::string_view action,
                  const std::function<int(ToldRun&)>& work,
                  std::uint64_t (*seconds)(const std::filesystem::path&) = most_seconds) {
  note_stop_signals();
  flush_output();
  return told(options, action, [&](ToldRun& run) {
    const auto ended = go_on_in_child(seconds(options.database), stop_signal);
    if (!ended) {
      end_at_stop_signals();
      run.entry.pid = static_cast<std::uint64_t>(getpid());  // as in the lock
      return work(run);
    }
    if (const auto status = status_of(*ended, run)) return *status;
    throw_crashed(options, *ended);
  });
}

// A run writes through Xapian, which follows the bytes of a damaged index wherever they lead. In a
// child: the night is told of however it ends. Without processes it goes on in this one.
int index_in_child(const IndexOptions& options, ToldRun& run) {
  std::optional<ChildOutcome> ended;
  try {
    ended = go_on_in_child(0, stop_signal);
  } catch (const Error&) {
    return index(options, run);
  }
  if (!ended) {
    run.entry.pid = static_cast<std::uint64_t>(getpid());
    return index(options, run);
  }
  if (const auto status = status_of(*ended, run)) return *status;
  throw Error(
      fmt::format("{}: the run {}", options.database.string(),
                  ended->signal == SIGXCPU ? "came to no end"
                                           : fmt::format("was ended by signal {} ({})",
                                                         ended->signal, strsignal(ended->signal))),
      "look for damage with dateline-index --check; if there is none, it is a defect of this "
      "program");
}

int index(const IndexOptions& options) {
  note_stop_signals();
  flush_output();
  if (options.dry_run) {
    ToldRun none;
    return index_in_child(options, none);
  }
  const char* const action = options.rebuild                                        ? "rebuild"
                             : options.arguments.empty() && !options.forget.empty() ? "forget"
                                                                                    : "index";
  return told(options, action, [&](ToldRun& run) { return index_in_child(options, run); });
}

int compact(const IndexOptions& options) {
  return told_in_child(options, "compact", [&](ToldRun&) {
    report_warnings(compact_index(options.database, options.wait));
    return 0;
  });
}

int adopt(const IndexOptions& options) {
  const auto work = [&](ToldRun& run) {
    const Adopted adopted = adopt_generation(options.database, {options.wait});
    run.entry.documents = adopted.articles;
    report_warnings(adopted.passed_over);
    if (!options.quiet) {
      print(fmt::format("{} is the index again, {}\n", adopted.generation,
                        counted(adopted.articles, "article")));
    }
    return 0;
  };
  return told_in_child(options, "adopt", work, most_seconds_of_all);
}

int backup(const IndexOptions& options) {
  return told_in_child(options, "backup", [&](ToldRun&) {
    backup_index(options.database, options.backup_folder);
    return 0;
  });
}

int preview(const IndexOptions& options) {
  preview_aliases(options.database, read_aliases(options.aliases_file),
                  [](const std::string& line) { print(harmless(line) + '\n'); });
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
  const auto window = options.any_date
                          ? std::nullopt
                          : std::optional(date_window(std::chrono::floor<std::chrono::days>(
                                std::chrono::system_clock::now())));
  const FileList list = list_files(options.arguments);
  for (const auto& folder : list.unreadable) {
    report_failure({folder, BadArticle::unreadable,
                    fmt::format("{}: cannot be listed", replace_invalid_utf8(folder))});
    failed = true;
  }
  extract_files(list.files, extractor, options.threads, window, print_line,
                [&](const FileFailure& failure) {
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
  const auto result = check_index(options.database, note);
  if (result == CheckResult::damaged) {
    say("hint: rebuild the index with --rebuild, or restore a backup\n");
  }
  if (result == CheckResult::sound && !options.quiet) print("no damage found\n");
  switch (result) {
    case CheckResult::sound:
      return 0;
    case CheckResult::unchecked:
      return 1;
    case CheckResult::damaged:
      break;
  }
  return 3;
}

int health(const IndexOptions& options) {
  const Health health = examine(options.database, options.health_limits, now_in_seconds());
  print(options.prometheus ? to_metrics(health, shown_database(options)) : to_text(health) + '\n');
  return exit_status(status_of(health));
}

int stats(const IndexOptions& options) {
  const IndexStats stats = read_index_stats(options.database);
  if (options.failed) {
    print(options.json ? failed_as_json_lines(stats) : failed_as_text(stats));
  } else {
    print(options.json ? to_json(stats) + '\n' : to_text(stats));
  }
  return 0;
}

int print_audit(const IndexOptions& options) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const Audit found = audit(read_dated_articles(options.database),
                            read_index_stats(options.database).failed, options.audited, today);
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
    case Generated::manual:
      return manual_page(kIndexProgram, DATELINE_VERSION);
    case Generated::bash:
      return bash_completion(kIndexProgram);
    case Generated::zsh:
      return zsh_completion(kIndexProgram);
  }
  return "";
}

}  // namespace

int run_index_program(const IndexOptions& options) {
  switch (options.action) {
    case IndexAction::index:
      return index(options);
    case IndexAction::extract:
      return extract(options);
    case IndexAction::explain:
      return explain(options);
    case IndexAction::preview_aliases:
      return in_child(options, preview);
    case IndexAction::dump:
      return in_child(options, dump);
    case IndexAction::check:
      return check(options);
    case IndexAction::compact:
      return compact(options);
    case IndexAction::backup:
      return backup(options);
    case IndexAction::adopt:
      return adopt(options);
    case IndexAction::stats:
      return in_child(options, stats);
    case IndexAction::health:
      return health(options);
    case IndexAction::audit:
      return in_child(options, print_audit);
    case IndexAction::help:
      print(short_help(kIndexProgram));
      return 0;
    case IndexAction::help_all:
      print(long_help(kIndexProgram));
      return 0;
    case IndexAction::generate:
      print(generated(options.generated));
      return 0;
    case IndexAction::version:
      print(
          fmt::format("dateline-index {} (index schema {}), GPL-2.0-or-later\nPlace names: "
                      "GeoNames, www.geonames.org, CC BY 4.0\n",
                      DATELINE_VERSION, kSchemaVersion));
      return 0;
  }
  return 2;
}

}  // namespace dateline
