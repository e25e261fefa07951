#include "indexer/care/health.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "common/error.h"
#include "common/text/terminal_text.h"
#include "common/text/unicode.h"
#include "indexer/database/generation.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;
using std::chrono::sys_seconds;
using enum HealthStatus;

constexpr int kLockedStatus = 75;
constexpr int kTimeLimitStatus = 4;
constexpr int kFailedStatus = 3;
constexpr std::chrono::minutes kClockError{10};
constexpr std::chrono::hours kCurrent{
    30 * 24};  // an archive whose newest article is so young has a feed
constexpr std::size_t kShownFolders = 3;

// "2026-11-28 03:02"
std::string shown(sys_seconds time) {
  std::string text = to_text(time).substr(0, 16);
  text[10] = ' ';
  return text;
}

const RunEntry* last_run(const std::vector<RunEntry>& runs, bool (*wanted)(const RunEntry&)) {
  const auto found = std::find_if(runs.rbegin(), runs.rend(), wanted);
  return found == runs.rend() ? nullptr : &*found;
}

bool has_tried(const RunEntry& run) { return is_indexing(run) && run.status != kLockedStatus; }
bool is_copying(const RunEntry& run) { return !is_indexing(run) && run.status != kLockedStatus; }

std::optional<sys_seconds> day_of(const std::string& text) {
  return parse_time(text + "T00:00:00Z");
}

class Judge {
 public:
  Judge(const std::vector<RunEntry>& runs, const HealthLimits& limits, sys_seconds now)
      : runs_(runs), limits_(limits), now_(now) {}

  void all(const LockState& lock, const std::optional<IndexFacts>& facts) {
    age(lock);
    if (!runs_.empty() || (facts && !facts->other_schema)) {
      died(lock);  // older programs left no lines
    }
    if (const RunEntry* last = last_run(runs_, has_tried)) ended(*last);
    if (!runs_.empty() && runs_.back().status == kLockedStatus) {
      add(warning, "locked_out",
          fmt::format("the run of {} was locked out by another", shown(runs_.back().ended)));
    }
    new_failures();
    if (const RunEntry* last = last_run(runs_, is_copying); last != nullptr && last->status != 0) {
      add(warning, "maintenance_failed",
          fmt::format("--{} failed {} with status {}", last->action, shown(last->ended),
                      last->status));
    }
    if (!facts) return;
    size(*facts);
    feed(*facts);
    if (facts->mixed) {
      add(warning, "mixed_rules",
          "articles of the last nights were read by newer rules than the others");
    }
    if (facts->other_schema) {
      add(warning, "other_schema", "the index is of another version of this program");
    }
  }

  std::vector<Problem> take() { return std::move(problems_); }

 private:
  void add(HealthStatus status, std::string_view code, std::string text) {
    problems_.push_back({status, code, std::move(text)});
  }

  void age(const LockState& lock) {
    if (runs_.empty()) {
      if (!lock.held && !lock.ended) add(warning, "no_history", "no run is recorded yet");
      return;
    }
    const RunEntry* good = last_good_run(runs_);
    if (good == nullptr) return add(critical, "no_good_run", "no good run is recorded");
    if (good->ended > now_ + kClockError) {
      add(warning, "clock",
          fmt::format("the last good run is of {}, ahead of the clock", shown(good->ended)));
    } else if (now_ - good->ended > limits_.age) {
      add(critical, "no_good_run", fmt::format("no good run since {}", shown(good->ended)));
    }
  }

  // Whoever had the lock wrote a line when it ended, and its end into the lock; without both it was
  // killed, or the machine went down. With its end alone the history was lost, or could not be
  // written.
  void died(const LockState& lock) {
    if (lock.held || lock.pid == 0 || !lock.since) return;
    const bool recorded = std::ranges::any_of(runs_, [&](const RunEntry& run) {
      return run.pid == lock.pid && run.ended >= *lock.since;
    });
    if (recorded) return;
    const std::string when = shown(*lock.since);
    if (lock.ended) {
      add(warning, "no_history", fmt::format("the run of {} is not in the history of runs", when));
    } else {
      add(critical, "run_died", fmt::format("the run of {} died (process {})", when, lock.pid));
    }
  }

  void ended(const RunEntry& run) {
    const std::string when = shown(run.ended);
    const std::string why = run.error.empty() ? "" : ": " + run.error;
    if (run.status == kFailedStatus || run.status >= 128 || run.status == 2) {
      add(critical, "run_failed",
          fmt::format("the run of {} ended with status {}{}", when, run.status, why));
    } else if (run.status == kTimeLimitStatus) {
      add(warning, "time_limit", fmt::format("the run of {} came to its time limit", when));
    } else if (run.status > 1) {
      add(warning, "run_failed",
          fmt::format("the run of {} ended with status {}{}", when, run.status, why));
    } else if (run.status == 1 && run.offline.empty() && run.new_failures == 0) {
      add(warning, "run_incomplete", fmt::format("the run of {} ended with status 1{}", when, why));
    }
    offline(run);
  }

  void offline(const RunEntry& run) {
    if (run.offline.empty()) return;
    std::string names;
    for (std::size_t i = 0; i < std::min(kShownFolders, run.offline.size()); ++i) {
      names += (i == 0 ? "" : ", ") + run.offline[i];
    }
    if (run.offline.size() > kShownFolders) {
      names += fmt::format(" and {} more", run.offline.size() - kShownFolders);
    }
    add(warning, "offline", "offline: " + names);
  }

  void new_failures() {
    std::uint64_t count = 0;
    for (const auto& run : runs_) {
      if (now_ - run.ended <= limits_.age) {
        count += std::min<std::uint64_t>(run.new_failures, 1'000'000'000);
      }
    }
    if (count > 0) add(warning, "new_failures", counted(count, "file") + " newly failed");
  }

  void size(const IndexFacts& facts) {
    const std::uint64_t largest = largest_lately(runs_, now_);  // less than 2^32
    if (facts.articles * 10 >= largest * 9) return;
    add(facts.articles * 2 < largest ? critical : warning, "shrunken",
        fmt::format("{} of {} articles are left", with_commas(facts.articles),
                    with_commas(largest)));
  }

  // Where there used to be some: the index grew after it was first complete, or the newest article
  // is of these days.
  void feed(const IndexFacts& facts) {
    const auto newest = day_of(facts.newest);
    bool complete = false;
    bool grew = false;
    std::optional<sys_seconds> last;  // new article, by either measure
    for (const auto& run : runs_) {
      const bool grows = run.added > 0 && (run.action == "index" || run.action == "upgrade");
      if (grows && complete) grew = true;
      if (grows) last = std::max(last.value_or(run.ended), run.ended);
      complete = complete || is_good(run);
    }
    if (!grew && !(newest && now_ - *newest <= kCurrent)) return;
    if (newest) last = std::max(last.value_or(*newest), std::min(*newest, now_));
    if (!last || now_ - *last <= limits_.gap) return;
    add(warning, "feed_stopped",
        fmt::format("no new article since {}", to_text(*last).substr(0, 10)));
  }

  const std::vector<RunEntry>& runs_;
  const HealthLimits& limits_;
  sys_seconds now_;
  std::vector<Problem> problems_;
};

// "4711 2023-03-03T02:00:00Z\n"
void read_holder(int descriptor, LockState& state) {
  std::array<char, 128> buffer{};
  const auto got = pread(descriptor, buffer.data(), buffer.size(), 0);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return;
  if (std::from_chars(text.data(), text.data() + blank, state.pid).ptr != text.data() + blank) {
    state.pid = 0;
  }
  const auto line = text.find('\n');
  state.since = parse_time(text.substr(blank + 1, line - blank - 1));
  state.ended = line != std::string_view::npos && line + 1 < text.size();
}

// The lock is tried for a moment only when its last holder has left no line, so that hardly any run
// ever meets us there.
LockState look_at_lock(const fs::path& database, const std::vector<RunEntry>& runs) {
  LockState state;
  const int descriptor =
      open((database / "lock").c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return state;
  read_holder(descriptor, state);
  const bool recorded = state.since && std::ranges::any_of(runs, [&](const RunEntry& run) {
                          return run.pid == state.pid && run.ended >= *state.since;
                        });
  if (!recorded) state.held = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(descriptor);
  return state;
}

bool has_generations(const fs::path& database) {
  std::error_code failure;
  for (const auto& item : fs::directory_iterator(database, failure)) {
    if (item.path().filename().string().starts_with("gen-")) return true;
  }
  return false;
}

// What is wrong before anything can be opened; false when there is nothing to open.
bool find_index(const fs::path& database, std::vector<Problem>& problems) {
  std::error_code failure;
  const fs::directory_iterator readable(database, failure);
  if (failure) {
    problems.push_back(
        {unknown, "no_index", fmt::format("{}: {}", database.string(), failure.message())});
    return false;
  }
  try {
    if (current_generation(database)) return true;
    if (has_generations(database)) {
      problems.push_back(
          {critical, "damaged", fmt::format("{} is lost: the index cannot be found", kStubName)});
    } else {
      problems.push_back(
          {unknown, "no_index", fmt::format("{}: no index there", database.string())});
    }
  } catch (const Error& error) {
    problems.push_back({access((database / kStubName).c_str(), R_OK) == 0 ? critical : unknown,
                        "damaged", error.what()});
  }
  return false;
}

void look_at_index(const fs::path& database, sys_seconds now, Health& health) {
  if (!find_index(database, health.problems)) return;
  const auto today = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  const QuickCheck check = quick_check(database, today);
  health.facts = check.facts;
  if (!check.damage.empty()) {
    health.problems.push_back(
        {critical, "damaged", "the index is damaged: " + check.damage.front()});
  }
  if (!check.unchecked.empty()) {
    health.problems.push_back(
        {unknown, "unchecked", "could not be checked: " + check.unchecked.front()});
  }
}

std::string_view word(HealthStatus status) {
  switch (status) {
    case fine:
      return "OK";
    case warning:
      return "WARNING";
    case critical:
      return "CRITICAL";
    case unknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

std::vector<std::string> figures(const Health& health) {
  std::vector<std::string> parts;
  if (health.facts) parts.push_back(counted(health.facts->articles, "article"));
  if (const RunEntry* good = last_good_run(health.runs)) {
    parts.push_back("last good run " + shown(good->ended));
  }
  if (health.facts && !health.facts->newest.empty()) {
    parts.push_back("newest article " + health.facts->newest);
  }
  if (health.lock.held) parts.emplace_back("a run is at work");
  return parts;
}

// Metrics, a family each.
class Metrics {
 public:
  explicit Metrics(const std::string& database)
      : label_("database=\"" + escaped(database) + "\"") {}

  void family(std::string_view name, std::string_view help) {
    text_ += fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, help, name);
  }
  template <class Value>
  void sample(std::string_view name, const Value& value, const std::string& more = "") {
    text_ += fmt::format("{}{{{}{}}} {}\n", name, label_, more, value);
  }
  template <class Value>
  void one(std::string_view name, std::string_view help, const Value& value) {
    family(name, help);
    sample(name, value);
  }
  const std::string& text() const { return text_; }

  static std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : replace_invalid_utf8(value)) {
      if (c == '\\') {
        out += "\\\\";
      } else if (c == '"') {
        out += "\\\"";
      } else if (c == '\n') {
        out += "\\n";
      } else {
        out += c;
      }
    }
    return out;
  }

 private:
  std::string label_;
  std::string text_;
};

void write_index_metrics(const IndexFacts& facts, Metrics& metrics) {
  metrics.one("dateline_articles", "Articles in the index.", facts.articles);
  metrics.one("dateline_index_bytes", "Size of the index on disk.", facts.bytes);
  metrics.one("dateline_failed_files", "Files that are no articles or cannot be read.",
              facts.failed);
  metrics.one("dateline_mixed_rules", "1 when a part of the index was extracted by older rules.",
              facts.mixed ? 1 : 0);
  if (const auto newest = day_of(facts.newest)) {
    metrics.one("dateline_newest_article_timestamp_seconds",
                "Day of publication of the newest article.", newest->time_since_epoch().count());
  }
}

void write_run_metrics(const std::vector<RunEntry>& runs, Metrics& metrics) {
  if (const RunEntry* good = last_good_run(runs)) {
    metrics.one("dateline_last_good_run_timestamp_seconds",
                "When the index was last brought up to date.",
                good->ended.time_since_epoch().count());
  }
  const RunEntry* last = last_run(runs, is_indexing);
  if (last == nullptr) return;
  metrics.one("dateline_last_run_timestamp_seconds", "When the last run ended, however it did.",
              last->ended.time_since_epoch().count());
  metrics.one("dateline_last_run_status", "Exit status of the last run.", last->status);
  metrics.one("dateline_last_run_duration_seconds", "How long the last run took.",
              std::max<std::int64_t>((last->ended - last->started).count(), 0));
  metrics.one("dateline_last_run_added_articles", "Articles the last run added.", last->added);
  metrics.one("dateline_last_run_removed_articles", "Articles the last run removed.",
              last->removed);
  metrics.one("dateline_last_run_new_failures", "Files that failed in the last run and not before.",
              last->new_failures);
  metrics.one("dateline_offline_folders", "Folders the last run could not look at.",
              last->offline.size());
}

}  // namespace

std::vector<Problem> judge(const std::vector<RunEntry>& runs, const LockState& lock,
                           const std::optional<IndexFacts>& facts, const HealthLimits& limits,
                           sys_seconds now) {
  Judge judge(runs, limits, now);
  judge.all(lock, facts);
  return judge.take();
}

Health examine(const fs::path& database, const HealthLimits& limits, sys_seconds now) {
  Health health;
  look_at_index(database, now, health);
  if (std::ranges::any_of(health.problems,
                          [](const Problem& problem) { return problem.code == "no_index"; })) {
    return health;
  }
  try {
    health.runs = read_runs(database);
    health.lock = look_at_lock(database, health.runs);
    const auto found = judge(health.runs, health.lock, health.facts, limits, now);
    health.problems.insert(health.problems.end(), found.begin(), found.end());
  } catch (const Error& error) {
    health.problems.push_back({unknown, "no_history", error.what()});
  }
  std::ranges::stable_sort(health.problems, std::ranges::greater(), &Problem::status);
  return health;
}

HealthStatus status_of(const Health& health) {
  HealthStatus worst = fine;
  for (const auto& problem : health.problems) worst = std::max(worst, problem.status);
  return worst;
}

int exit_status(HealthStatus status) {
  switch (status) {
    case fine:
      return 0;
    case warning:
      return 1;
    case critical:
      return 2;
    case unknown:
      return kUnknownHealth;
  }
  return kUnknownHealth;
}

std::string to_text(const Health& health) {
  std::string text = health.problems.empty() ? "OK: " : "";
  for (const auto& problem : health.problems) {
    text += fmt::format("{}: {}; ", word(problem.status), problem.text);
  }
  std::string rest;
  for (const auto& part : figures(health)) rest += (rest.empty() ? "" : ", ") + part;
  text += rest;
  if (rest.empty()) text.resize(text.size() - std::min<std::size_t>(text.size(), 2));
  std::ranges::replace(text, '|', ' ');
  return harmless(text);
}

std::string to_metrics(const Health& health, const std::string& database) {
  Metrics metrics(database);
  metrics.one("dateline_up", "1 when the index can be read and shows no damage.",
              health.facts ? 1 : 0);
  metrics.one("dateline_health_status", "0 fine, 1 warning, 2 critical, 3 unknown.",
              exit_status(status_of(health)));
  if (!health.problems.empty()) metrics.family("dateline_health_problem", "What is wrong, 1 each.");
  std::vector<std::string> named;  // a sample is there once
  for (const auto& problem : health.problems) {
    const std::string labels =
        fmt::format(",problem=\"{}\",status=\"{}\"", problem.code, exit_status(problem.status));
    if (std::ranges::find(named, labels) != named.end()) continue;
    metrics.sample("dateline_health_problem", 1, labels);
    named.push_back(labels);
  }
  metrics.one("dateline_run_in_progress", "1 while a run is at work.", health.lock.held ? 1 : 0);
  if (health.facts) write_index_metrics(*health.facts, metrics);
  write_run_metrics(health.runs, metrics);
  return metrics.text();
}

}  // namespace dateline
