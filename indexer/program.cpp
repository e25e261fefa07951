#include "indexer/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "common/completion.h"
#include "common/manual.h"
#include "common/schema.h"
#include "common/terminal_text.h"
#include "indexer/alias_preview.h"
#include "indexer/archive.h"
#include "indexer/audit.h"
#include "indexer/canonical_dump.h"
#include "indexer/index_check.h"
#include "indexer/index_run.h"
#include "indexer/index_stats.h"
#include "indexer/maintenance.h"
#include "indexer/pipeline.h"
#include "indexer/program_info.h"
#include "indexer/run_history.h"
#include "indexer/run_lock.h"

namespace dateline {
namespace {

std::atomic<int> caught_signal{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler writes it");

void stop_after_the_batch() {
  struct sigaction action {};
  action.sa_handler = [](int signal) { caught_signal = signal; };
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

void report_failure(const FileFailure& failure) {
  fmt::print(stderr, "dateline-index: {}: {}\n", reason_code(failure.reason), harmless(failure.message));
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  if (file.empty()) return;
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw Error(fmt::format("{}: cannot be written; the index is up to date", file.string()));
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
      fmt::print(stderr, "\r{} of {} articles, {:.0f}/s, {:.0f} s left   {}", done, all, rate, left, done == all ? "\n" : "");
      std::fflush(stderr);
    }
    return caught_signal == 0 && (!limit_ || now - begin_ < *limit_);
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
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw Error(fmt::format("{}: cannot be read", file.string()), "name a file of lines \"name TAB canonical name\"");
  return parse_user_aliases(text, file.string());
}

// As main ends with it.
int status_of(const std::exception& error) {
  if (dynamic_cast<const LockedError*>(&error) != nullptr) return 75;
  return dynamic_cast<const OutputError*>(&error) != nullptr ? kOutputStatus : 3;
}

RunEntry begun_entry(const IndexOptions& options, std::string_view action) {
  RunEntry entry{.action = std::string(action), .started = now_in_seconds()};
  entry.pid = static_cast<std::uint64_t>(getpid());
  entry.program = fmt::format("dateline-index {}", DATELINE_VERSION);
  for (const auto& folder : options.arguments) entry.folders.push_back(folder.string());
  entry.deletions_allowed = options.removal_limit.most.has_value();
  return entry;
}

// True when it is written, or there is no folder to write it to.
bool remember(const IndexOptions& options, RunEntry entry, int status) try {
  entry.status = status;
  entry.ended = now_in_seconds();
  append_run(options.database, entry);
  return true;
} catch (const Error& error) {
  fmt::print(stderr, "dateline-index: the history of runs cannot be written: {}\n", harmless(error.what()));
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
    entry.error = error.what();
    remember(options, std::move(entry), status_of(error));
    throw;
  }
  return remember(options, std::move(entry), status) || status > 1 ? status : kOutputStatus;
}

int index(const IndexOptions& options, RunEntry& entry) {
  const Extractor extractor = Extractor::load(options.data);
  RunRequest request{.database = options.database, .folders = options.arguments, .rebuild = options.rebuild, .retry_failed = options.retry_failed,
                     .verify_files = options.verify_files, .verify_rate = options.verify_rate.value_or(kVerifyRate), .removal_limit = options.removal_limit, .threads = options.threads, .wait = options.wait,
                     .progress = ProgressLine(!options.quiet && isatty(STDERR_FILENO) != 0, options.time_limit), .stop = [] { return caught_signal != 0; }};
  if (!options.aliases_file.empty()) request.aliases = read_aliases(options.aliases_file);
  if (options.verbose || options.dry_run) {
    // A reader that has gone (-v | head) does not stop the run.
    request.listener = [](std::string_view what, const std::string& path) { std::fputs(fmt::format("{} {}\n", what, harmless(path)).c_str(), stdout); };
  }
  if (options.dry_run) {
    fmt::print("{}\n", planned(plan_run(request, extractor.fingerprint())));
    return 0;
  }
  const RunReport report = run_index(request, extractor);
  take_report(entry, report);
  write_reports(options, report);
  for (const auto& failure : report.failures) report_failure(failure);
  for (const auto& folder : report.unlisted) {
    fmt::print(stderr, "dateline-index: unreadable: {}: cannot be listed; what is indexed below it stays\n", harmless(folder));
  }
  if (!options.quiet && !options.arguments.empty()) fmt::print("{}\n", summary(report));
  if (!options.quiet && request.aliases) fmt::print("{} aliases in the index\n", request.aliases->size());
  if (report.stopped) {
    const std::string why = caught_signal != 0 ? fmt::format("by signal {}", caught_signal.load()) : "at the time limit";
    fmt::print(stderr, "dateline-index: stopped {}; {}\n", why,
               report.given_up ? "the rebuild was given up, the old index stays" : "what was done is committed");
    return caught_signal != 0 ? 128 + caught_signal : 4;
  }
  return report.failures.empty() && report.unlisted.empty() ? 0 : 1;
}

int index(const IndexOptions& options) {
  stop_after_the_batch();
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
  preview_aliases(options.database, read_aliases(options.aliases_file), [](const std::string& line) { fmt::print("{}\n", harmless(line)); });
  return 0;
}

int extract(const IndexOptions& options) {
  const Extractor extractor = Extractor::load(options.data);
  bool failed = false;
  int output_error = 0;
  const auto print = [&](const std::string& json) {
    const bool printed = std::fwrite(json.data(), 1, json.size(), stdout) == json.size() && std::fputc('\n', stdout) != EOF;
    if (!printed) output_error = errno;
    return printed;
  };
  extract_files(list_files(options.arguments), extractor, options.threads, print, [&](const FileFailure& failure) {
    report_failure(failure);
    failed = true;
  });
  if (output_error != 0) throw OutputError(output_error);
  return failed ? 1 : 0;
}

int explain(const IndexOptions& options) {
  const Extractor extractor = Extractor::load(options.data);
  const std::string path = options.explained_file.string();
  try {
    const Article article = parse_article(path, read_article_file(path));
    Trace trace;
    extractor.extract(article, &trace);
    fmt::print("{}", harmless_lines(to_text(trace, article, options.explained_offset)));
    return 0;
  } catch (const ArticleError& error) {
    report_failure({path, error.reason(), error.what()});
    return 1;
  }
}

int check(const IndexOptions& options) {
  const bool clean = check_index(options.database, [](const std::string& line) { fmt::print(stderr, "dateline-index: {}\n", harmless(line)); });
  if (!clean) {
    fmt::print(stderr, "hint: rebuild the index with --rebuild, or restore a backup\n");
    return 3;
  }
  if (!options.quiet) fmt::print("no damage found\n");
  return 0;
}

int stats(const IndexOptions& options) {
  const IndexStats stats = read_index_stats(options.database);
  if (options.failed) fmt::print("{}", options.json ? failed_as_json_lines(stats) : failed_as_text(stats));
  else fmt::print("{}", options.json ? to_json(stats) + '\n' : to_text(stats));
  return 0;
}

int print_audit(const IndexOptions& options) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const Audit found = audit(read_dated_articles(options.database), read_index_stats(options.database).failed, options.audited, today);
  fmt::print("{}", options.json ? to_json(found) + '\n' : to_text(found));
  return 0;
}

int dump(const IndexOptions& options) {
  dump_index(options.database, [](const std::string& line) { fmt::print("{}\n", line); });
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
    case IndexAction::help: fmt::print("{}", short_help(kIndexProgram)); return 0;
    case IndexAction::help_all: fmt::print("{}", long_help(kIndexProgram)); return 0;
    case IndexAction::generate: fmt::print("{}", generated(options.generated)); return 0;
    case IndexAction::version:
      fmt::print("dateline-index {} (index schema {}), GPL-2.0-or-later\nPlace names: GeoNames, www.geonames.org, CC BY 4.0\n", DATELINE_VERSION, kSchemaVersion);
      return 0;
  }
  return 2;
}

}  // namespace dateline
