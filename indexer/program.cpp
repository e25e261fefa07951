#include "indexer/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "common/schema.h"
#include "common/unicode.h"
#include "indexer/archive.h"
#include "indexer/canonical_dump.h"
#include "indexer/index_run.h"

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
  fmt::print(stderr, "dateline-index: {}: {}\n", reason_code(failure.reason), replace_invalid_utf8(failure.message));
}

// A line on a terminal that is written over, at most five times a second.
class ProgressLine {
 public:
  explicit ProgressLine(bool shown) : shown_(shown) {}

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
    return caught_signal == 0;
  }

 private:
  bool shown_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_ = begin_;
};

int index(const IndexOptions& options) {
  stop_after_the_batch();
  const Extractor extractor = Extractor::load(options.data);
  const RunRequest request{.database = options.database, .folders = options.arguments, .rebuild = options.rebuild,
                           .removal_limit = options.removal_limit, .threads = options.threads,
                           .progress = ProgressLine(!options.quiet && isatty(STDERR_FILENO) != 0)};
  const RunReport report = run_index(request, extractor);
  for (const auto& failure : report.failures) report_failure(failure);
  for (const auto& folder : report.unlisted) {
    fmt::print(stderr, "dateline-index: unreadable: {}: cannot be listed; what is indexed below it stays\n", replace_invalid_utf8(folder));
  }
  if (!options.quiet) fmt::print("{}\n", summary(report));
  if (report.stopped) {
    fmt::print(stderr, "dateline-index: stopped by signal {}; {}\n", caught_signal.load(),
               options.rebuild ? "the rebuild was given up, the old index stays" : "what was done is committed");
    return 128 + caught_signal;
  }
  return report.failures.empty() && report.unlisted.empty() ? 0 : 1;
}

int extract(const IndexOptions& options) {
  const Extractor extractor = Extractor::load(options.data);
  bool failed = false;
  const auto print = [](const std::string& json) { return std::fwrite(json.data(), 1, json.size(), stdout) == json.size() && std::fputc('\n', stdout) != EOF; };
  extract_files(list_files(options.arguments), extractor, options.threads, print, [&](const FileFailure& failure) {
    report_failure(failure);
    failed = true;
  });
  return failed ? 1 : 0;
}

int dump(const IndexOptions& options) {
  dump_index(options.database, [](const std::string& line) { fmt::print("{}\n", line); });
  return 0;
}

}  // namespace

int run_index_program(const IndexOptions& options) {
  switch (options.action) {
    case IndexAction::index: return index(options);
    case IndexAction::extract: return extract(options);
    case IndexAction::dump: return dump(options);
    case IndexAction::stats: fmt::print("{}", index_stats(options.database)); return 0;
    case IndexAction::help: fmt::print("{}", index_help()); return 0;
    case IndexAction::version:
      fmt::print("dateline-index {} (index schema {}), GPL-2.0-or-later\nPlace names: GeoNames, www.geonames.org, CC BY 4.0\n", DATELINE_VERSION, kSchemaVersion);
      return 0;
  }
  return 2;
}

}  // namespace dateline
