// runs.jsonl: what each run did; read with distrust, written by many at once, never long.
#include "indexer/database/run_history.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "common/error.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds(1'795'831'200)};  // 2026-11-28 02:00
constexpr std::chrono::hours kDay{24};

struct Database {
  TemporaryFolder folder;
  fs::path path = folder / "index.db";
  Database() {
    write_file(path / "lock", "");
    fs::create_directories(path / "gen-000001");
  }
  fs::path history() const { return path / kHistoryName; }
};

RunEntry run_of(std::uint64_t documents, std::chrono::sys_seconds ended, std::uint64_t removed = 0,
                bool allowed = false) {
  RunEntry run{.started = ended, .ended = ended};
  run.documents = documents;
  run.removed = removed;
  run.deletions_allowed = allowed;
  return run;
}

RunEntry full_entry() {
  RunEntry run{.action = "rebuild",
               .started = kNow,
               .ended = kNow + std::chrono::seconds(38),
               .status = 75,
               .error = "a\tb\n\"c\""};
  run.pid = 4711;
  run.program = "dateline-index 0.1.0";
  run.folders = {"/archive", "/caf\xc3\xa9"};
  run.offline = {"/archive"};
  run.added = 1, run.updated = 2, run.moved = 3, run.removed = 4, run.failed = 5,
  run.new_failures = 6;
  run.documents = 7, run.index_bytes = 8;
  run.newest_article = "2026-11-27";
  run.alias_changes = 9;
  run.removed_on_demand = 10;
  run.deletions_allowed = run.stopped = true;
  return run;
}

}  // namespace

TEST_CASE("a run comes back from the history as it was written, and the next one after it") {
  const Database database;
  CHECK(read_runs(database.path).empty());
  append_run(database.path, full_entry());
  append_run(database.path, run_of(3, kNow));
  CHECK(read_runs(database.path) == std::vector{full_entry(), run_of(3, kNow)});
}

TEST_CASE("the history is written only into a folder of an index, and makes none") {
  const TemporaryFolder folder;
  append_run(folder / "none", full_entry());
  CHECK_FALSE(fs::exists(folder / "none"));
  fs::create_directories(folder / "empty");
  append_run(folder / "empty", full_entry());
  CHECK(fs::is_empty(folder / "empty"));
  write_file(folder / "foreign/lock", "");
  write_file(folder / "foreign/letter.txt", "");
  append_run(folder / "foreign", full_entry());
  CHECK_FALSE(fs::exists(folder / "foreign/runs.jsonl"));
}

TEST_CASE("lines that are no entries are passed over") {
  const Database database;
  const std::string good = to_json(run_of(3, kNow));
  std::string text =
      good + "\n{\"version\":1,\"action\":\"in\nnull\n[]\n{}\n" + std::string(100'000, '[') + '\n';
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{"\"status\":0", "\"status\":-1"},
        {"\"status\":0", "\"status\":999"},
        {"\"documents\":3", "\"documents\":18446744073709551615"},
        {"\"added\":0", "\"added\":\"many\""},
        {"2026-", "2026x"},
        {"\"folders\":[]", "\"folders\":[1]"}}) {
    std::string bad = good;
    REQUIRE(bad.find(from) != std::string::npos);
    text += bad.replace(bad.find(from), from.size(), to) + '\n';
  }
  write_file(database.history(), text + std::string(200'000, 'x') + '\n' + good + "\n");
  CHECK(read_runs(database.path) == std::vector{run_of(3, kNow), run_of(3, kNow)});
}

TEST_CASE("half a line that a crash left does not swallow the next entry") {
  const Database database;
  append_run(database.path, run_of(1, kNow));
  write_file(database.history(),
             read_file(database.history()) + to_json(run_of(2, kNow)).substr(0, 50));
  append_run(database.path, run_of(3, kNow));
  CHECK(read_runs(database.path) == std::vector{run_of(1, kNow), run_of(3, kNow)});
}

TEST_CASE("a history that grows loses its older half, never its newest line") {
  const Database database;
  std::string text;
  std::uint64_t number = 0;
  while (text.size() < kLargestHistory - 100) text += to_json(run_of(++number, kNow)) + '\n';
  write_file(database.history(), text);
  append_run(database.path, run_of(++number, kNow));
  CHECK(fs::file_size(database.history()) < kLargestHistory / 2 + 1000);
  const auto runs = read_runs(database.path);
  CHECK(runs.size() > number / 3);
  for (std::size_t i = 0; i < runs.size(); ++i)
    REQUIRE(runs[i].documents == number - runs.size() + 1 + i);
  CHECK_FALSE(fs::exists(database.path / "runs.jsonl.new"));
}

TEST_CASE("of many that append at once none loses a line, also while the older half goes") {
  const Database database;
  std::string text;
  while (text.size() < kLargestHistory - 10'000) text += to_json(run_of(1, kNow)) + '\n';
  write_file(database.history(), text);
  constexpr int kWriters = 4;
  constexpr int kLines = 25;
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      try {
        for (int i = 0; i < kLines; ++i) append_run(database.path, run_of(2, kNow));
        _exit(0);
      } catch (...) {
        _exit(1);
      }
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  const auto runs = read_runs(database.path);
  CHECK(std::count(runs.begin(), runs.end(), run_of(2, kNow)) == kWriters * kLines);
}

TEST_CASE("what is no plain file is not written through, and waits for nobody") {
  const Database database;
  SECTION("a symbolic link") {
    fs::create_symlink(database.folder / "secret", database.history());
    CHECK_THROWS_AS(append_run(database.path, full_entry()), Error);
    CHECK_FALSE(fs::exists(database.folder / "secret"));
    CHECK_THROWS_AS(read_runs(database.path), Error);
  }
  SECTION("a FIFO") {
    REQUIRE(mkfifo(database.history().c_str(), 0600) == 0);
    CHECK_THROWS_AS(append_run(database.path, full_entry()), Error);
    CHECK_THROWS_AS(read_runs(database.path), Error);
  }
  SECTION("a folder") {
    fs::create_directories(database.history());
    CHECK_THROWS_AS(append_run(database.path, full_entry()), Error);
    CHECK_THROWS_AS(read_runs(database.path), Error);
  }
}

TEST_CASE("who may read and write the database's folder may do so with its history") {
  const Database database;
  REQUIRE(chmod(database.path.c_str(), 0770) == 0);
  append_run(database.path, full_entry());
  struct stat state {};
  REQUIRE(stat(database.history().c_str(), &state) == 0);
  CHECK((state.st_mode & 0777) == 0660);
}

TEST_CASE("a long error and many folders still make a line that is read") {
  RunEntry run = full_entry();
  run.error = std::string(100'000, '\x1b');
  run.folders = run.offline = std::vector<std::string>(100, std::string(4'000, '\x1b'));
  CHECK(parse_run_entry(to_json(run)).has_value());
}

TEST_CASE("the largest index lately is that of 30 days, since the last removal that was allowed") {
  RunEntry forgotten = run_of(295, kNow - kDay, 5);
  forgotten.removed_on_demand = 3;
  CHECK(largest_lately({run_of(300, kNow - 2 * kDay), forgotten, run_of(290, kNow, 5)}, kNow) ==
        297);  // only what was asked for is not missed
  CHECK(largest_lately({}, kNow) == 0);
  CHECK(largest_lately(
            {run_of(900, kNow - 31 * kDay), run_of(500, kNow - 29 * kDay), run_of(400, kNow)},
            kNow) == 500);
  CHECK(largest_lately({run_of(500, kNow - 3 * kDay), run_of(300, kNow - 2 * kDay, 200, true),
                        run_of(290, kNow, 10)},
                       kNow) == 300);
  CHECK(largest_lately({run_of(500, kNow - 3 * kDay), run_of(500, kNow - 2 * kDay, 0, true)},
                       kNow) == 500);  // nothing was removed
}

TEST_CASE("a clock that was set back makes no run older than it is") {
  CHECK(largest_lately({run_of(500, kNow + 400 * kDay), run_of(400, kNow)}, kNow) == 500);
}

TEST_CASE("the last good run is one that brought the index up to date") {
  std::vector<RunEntry> runs(6, run_of(1, kNow));
  const std::vector<int> statuses{0, 1, 3, 4, 75, 143};
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i].status = statuses[i];
  CHECK(last_good_run(runs) == &runs[1]);
  runs[5].action = "backup";
  runs[5].status = 0;
  CHECK(last_good_run(runs) == &runs[1]);
  CHECK(last_good_run({}) == nullptr);
}

TEST_CASE("times are written and read in UTC") {
  CHECK(to_text(kNow) == "2026-11-28T02:00:00Z");
  CHECK(parse_time("2026-11-28T02:00:00Z") == kNow);
  for (const auto* bad :
       {"", "2026-11-28", "2026-13-28T02:00:00Z", "2026-11-28T24:00:00Z", "2026-11-28T02:00:00+"})
    CHECK_FALSE(parse_time(bad));
}

TEST_CASE("what brings the index up to date is told from what only copies it") {
  for (const auto* action : {"index", "upgrade", "rebuild", "forget"}) {
    CHECK(is_indexing({.action = action}));
    CHECK(is_good({.action = action, .status = 1}));
  }
  for (const auto* action : {"compact", "backup", "adopt"}) {
    CHECK_FALSE(is_indexing({.action = action}));
  }
}
