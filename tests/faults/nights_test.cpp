// Thirty nights of an archive that lives: what comes, goes and breaks, and whether each night said
// the truth about it. The programs run as another user than who made the archive (where the test
// may change to one), under a clock of their own: night N is the N-th of March 2031, two o'clock.
//
// A night is a row: what happens before, how the run is started, and what its status, its --summary
// and
// --health in the morning have to say. After the last one the index is that of a first run.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/faults/child.h"
#include "tests/faults/fault_bench.h"
#include "tests/support/program.h"
#include "tests/support/skip.h"

using namespace dateline::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// Thirty names that are one person's.
const std::string kLines = [] {
  std::string lines;
  for (int i = 0; i < 30; ++i) lines += fmt::format("A. Lind {}\tAnna Lind\n", i);
  return lines;
}();

constexpr uid_t kNobody = 65534;
constexpr std::chrono::sys_seconds kFirstNight =
    std::chrono::sys_days{std::chrono::year{2031} / 3 / 1} + std::chrono::hours(2);

bool is_root() { return geteuid() == 0; }

class NightBench {
 public:
  NightBench() {
    fs::permissions(folder_.path(), fs::perms(0755));
    write_small_data(folder_ / "data");
    fs::create_directories(place);
    if (is_root()) give_to_nobody(place);
    write_aliases(kLines);
  }

  // The words of an article: of the N-th night.
  static std::string article(int night, const std::string& about) {
    return article_bytes(
        fmt::format("2031-03-{:02}", std::min(night, 31)),
        fmt::format("Talks on {}\n\n\"We met,\" said Anna Lind of {} in Oslo.", about, about));
  }

  void add(const std::string& file, int night) {
    write_file(archive / file, article(night, "matter " + fs::path(file).stem().string()));
  }
  void add_many(const std::string& below, int first, int number, int night) {
    for (int i = first; i < first + number; ++i) add(fmt::format("{}/{:04}.txt", below, i), night);
  }
  void edit(const std::string& file, const std::string& about, int night) {
    write_file(archive / file, article(night, about));
  }
  void remove_many(const std::string& below, int first, int number) {
    for (int i = first; i < first + number; ++i) {
      fs::remove(archive / fmt::format("{}/{:04}.txt", below, i));
    }
  }
  void write_aliases(const std::string& text) { write_file(aliases, text); }
  void hide(const std::string& name) { fs::rename(archive / name, folder_ / ("hidden-" + name)); }
  void show(const std::string& name) {
    fs::remove_all(archive / name);
    fs::rename(folder_ / ("hidden-" + name), archive / name);
  }
  void mode(const std::string& file, unsigned mode) {
    fs::permissions(archive / file, fs::perms(mode));
  }

  ChildRequest request(std::vector<std::string> arguments, std::chrono::sys_seconds time) const {
    const auto shift =
        time - std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return {.program = index_program(),
            .arguments = std::move(arguments),
            .environment = {{"LD_PRELOAD", DATELINE_FAULT_SHIM},
                            {"DATELINE_CLOCK_SHIFT", std::to_string(shift.count())},
                            {"DATELINE_DATA", (folder_ / "data").string()},
                            {"DATELINE_DB", ""},
                            {"XDG_CONFIG_HOME", "/nonexistent"}},
            .user = is_root() ? kNobody : 0};
  }

  std::vector<std::string> nightly(std::vector<std::string> more) const {
    std::vector<std::string> all = {"--db",       database,    "--quiet",  "--jobs",
                                    "2",          "--aliases", aliases,    "--summary",
                                    summary_file, "--errors",  errors_file};
    all.insert(all.end(), standing.begin(), standing.end());
    all.insert(all.end(), more.begin(), more.end());
    for (const auto& name : folders) all.push_back(archive / name);
    return all;
  }

  Outcome ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", database.string()});
    return run_child(request(std::move(arguments), kFirstNight));
  }

  std::string dump(const fs::path& of) const {
    return run_child(request({"--db", of, "--dump"}, kFirstNight)).out;
  }

  std::string dump_from_scratch() const {
    const fs::path fresh = place / "fresh.db";
    std::vector<std::string> arguments = {"--db", fresh, "--quiet", "--aliases", aliases};
    arguments.insert(arguments.end(), standing.begin(), standing.end());
    for (const auto& name : folders) arguments.push_back(archive / name);
    const Outcome made = run_child(request(arguments, kFirstNight + std::chrono::days(40)));
    INFO(made.err);
    CHECK(made.status == 0);
    std::string text = dump(fresh);
    fs::remove_all(fresh);
    return text;
  }

  void renew() const { renew_tables(folder_ / "data"); }

  static void give_to_nobody(const fs::path& path) {
    REQUIRE(lchown(path.c_str(), kNobody, kNobody) == 0);
    if (!fs::is_directory(fs::symlink_status(path))) return;
    for (const auto& item : fs::recursive_directory_iterator(path)) {
      REQUIRE(lchown(item.path().c_str(), kNobody, kNobody) == 0);
    }
  }

 private:
  TemporaryFolder folder_;

 public:
  fs::path archive = folder_ / "archive";
  fs::path place = folder_ / "place";
  fs::path database = place / "index.db";
  fs::path summary_file = place / "summary.json";
  fs::path errors_file = place / "errors.jsonl";
  fs::path aliases = folder_ / "aliases.tsv";
  fs::path exclude_list = folder_ / "exclude.txt";
  std::vector<std::string> folders = {"a", "b"};
  std::vector<std::string> standing = {};  // options from a night on
};

struct Night {
  std::string what;
  std::function<void(NightBench&)> before = {};
  std::vector<std::string> options = {};
  std::function<Outcome(NightBench&, const ChildRequest&)> start = {};  // none: simply run
  int status = 0;
  json summary = json::object();  // keys and values that it has to have
  std::string says = {};          // on standard error
  int health = 0;
  int clock_days = 0;    // how wrong the clock is
  bool as_first = true;  // with status 0: the index is that of a first run
};

// With one of the program's calls going wrong.
auto with_fault(const std::string& fault) {
  return [fault](NightBench&, ChildRequest request) {
    request.environment["DATELINE_FAULT"] = fault;
    return run_child(request);
  };
}

Outcome on_full_disk(NightBench&, ChildRequest request) {
  request.file_limit = 40'000;
  return run_child(request);
}

// While another run, or who looks like one, holds the lock.
Outcome while_locked(NightBench& bench, const ChildRequest& request) {
  const int lock = open((bench.database / "lock").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(flock(lock, LOCK_EX) == 0);
  const Outcome outcome = run_child(request);
  close(lock);
  return outcome;
}

// Two runs at once: one of them or both, one after the other, do the work.
Outcome twice(NightBench&, const ChildRequest& request) {
  Child other(request);
  const Outcome one = run_child(request);
  const Outcome two = other.wait();
  for (const auto& outcome : {one, two}) CHECK((outcome.status == 0 || outcome.status == 75));
  return one.status == 0 ? one : two;
}

// Root tries something by hand, then comes the night.
auto after_root_did(std::vector<std::string> arguments) {
  return [arguments](NightBench& bench, const ChildRequest& request) {
    ChildRequest by_hand = request;
    by_hand.user = 0;
    by_hand.arguments = {"--db", bench.database};
    by_hand.arguments.insert(by_hand.arguments.end(), arguments.begin(), arguments.end());
    if (arguments.front() == "--rebuild") {
      for (const auto& name : bench.folders) by_hand.arguments.push_back(bench.archive / name);
    }
    const Outcome root = run_child(by_hand);
    INFO("root's run said: " << root.err);
    CHECK(root.status == 0);
    return run_child(request);
  };
}

// What is not there is "absent" in an expected summary.
std::vector<std::string> differences(const json& expected, const json& found) {
  std::vector<std::string> all;
  for (const auto& [key, value] : expected.items()) {
    const json there = found.contains(key) ? found.at(key) : json("absent");
    if (there != value)
      all.push_back(fmt::format("{} is {}, not {}", key, there.dump(), value.dump()));
  }
  return all;
}

// What is not as the night's row has it.
std::vector<std::string> findings(NightBench& bench, const Night& night,
                                  std::chrono::sys_seconds time) {
  std::vector<std::string> found;
  if (night.before) night.before(bench);
  const auto by_its_clock = time + std::chrono::days(night.clock_days);
  const ChildRequest request = bench.request(bench.nightly(night.options), by_its_clock);
  const Outcome outcome = night.start ? night.start(bench, request) : run_child(request);
  if (outcome.status != night.status) found.push_back(fmt::format("ended with {}", outcome.status));
  const bool said = outcome.err.find(night.says) != std::string::npos;
  if (!said) found.push_back("does not say: " + night.says);
  if (night.says.empty() && outcome.status == 0 && !outcome.err.empty())
    found.emplace_back("spoke");
  if (!night.summary.empty()) {
    const json summary = json::parse(read_file(bench.summary_file), nullptr, false);
    for (auto& one : differences(night.summary, summary)) found.push_back("summary: " + one);
  }
  if (outcome.status == 0 && night.as_first) {
    if (bench.dump(bench.database) != bench.dump_from_scratch())
      found.emplace_back("another index");
  }
  const Outcome check = bench.ask({"--check"});
  if (check.status != 0 || !check.err.empty()) found.push_back("--check: " + check.err);
  const Outcome health = run_child(
      bench.request({"--db", bench.database, "--health"}, by_its_clock + std::chrono::hours(6)));
  if (health.status != night.health || std::ranges::count(health.out, '\n') != 1) {
    found.push_back(fmt::format("--health ends with {}: {}", health.status, health.out));
  }
  if (!found.empty()) found.push_back("it said: " + outcome.err);
  return found;
}

std::vector<Night> nights();

}  // namespace

TEST_CASE("thirty nights end where a first run would, and each says the truth") {
  // setpriv itself still has root's rights when it looks for the program: env has not.
  const std::vector<std::string> as_user{"--reuid=64101", "--regid=64101", "--clear-groups",
                                         "env",           index_program(), "--version"};
  if (dateline::test::is_root() && run_tool("setpriv", as_user).status != 0)
    return skip("other users may not reach the programs here");
  NightBench bench;
  int number = 0;
  for (const Night& night : nights()) {
    const auto time = kFirstNight + std::chrono::days(number++);
    CAPTURE(number, night.what);
    CHECK(findings(bench, night, time) == std::vector<std::string>{});
  }
  CHECK(number >= 30);
  CHECK(bench.dump(bench.database) == bench.dump_from_scratch());
}

namespace {

std::vector<Night> nights() {
  return {
      {.what = "the first run",
       .before =
           [](NightBench& bench) {
             bench.add_many("a", 0, 150, 1);
             bench.add_many("b", 0, 120, 1);
           },
       .summary = {{"added", 270}, {"documents", 270}, {"status", 0}},
       .says = "aliases: 30 added"},
      {.what = "nothing is new", .summary = {{"added", 0}, {"unchanged", 270}, {"documents", 270}}},
      {.what = "additions, edits, removals",
       .before =
           [](NightBench& bench) {
             bench.add_many("a/new", 200, 5, 3);
             bench.edit("a/0001.txt", "another matter", 3);
             bench.edit("b/0002.txt", "one more matter", 3);
             bench.remove_many("b", 3, 2);
           },
       .summary = {{"added", 5}, {"updated", 2}, {"removed", 2}, {"documents", 273}}},
      {.what = "files are moved",
       .before =
           [](NightBench& bench) {
             fs::rename(bench.archive / "a/new", bench.archive / "a/2031");
             fs::rename(bench.archive / "b/0005.txt", bench.archive / "a/2031/0005.txt");
           },
       .summary = {{"moved", 6}, {"added", 0}, {"removed", 0}, {"documents", 273}}},
      {.what = "an edit keeps size and time",
       .before =
           [](NightBench& bench) {
             const fs::path file = bench.archive / "a/0010.txt";
             const auto time = fs::last_write_time(file);
             bench.edit("a/0010.txt", "matter 9999", 1);
             fs::last_write_time(file, time);
           },
       .summary = {{"updated", 1}, {"documents", 273}}},
      {.what = "a file may not be read, others come",
       .before =
           [](NightBench& bench) {
             bench.mode("a/0011.txt", 0);
             bench.edit("a/0011.txt", "a secret", 6);
             bench.add_many("a", 300, 2, 6);
           },
       .status = 1,
       .summary =
           {{"added", 2}, {"removed", 0}, {"documents", 275}, {"failed", {{"unreadable", 1}}}},
       .says = "0011.txt",
       .health = 1},
      {.what = "it still may not be read: nothing new",
       .summary = {{"added", 0}, {"removed", 0}, {"documents", 275}},
       .as_first = false},
      {.what = "it may be read again",
       .before = [](NightBench& bench) { bench.mode("a/0011.txt", 0644); },
       .summary = {{"updated", 1}, {"documents", 275}}},
      {.what = "a file without a date",
       .before = [](NightBench& bench) { write_file(bench.archive / "b/bad.txt", "no date\n"); },
       .status = 1,
       .summary = {{"added", 0}, {"documents", 275}, {"failed", {{"no-date", 1}}}},
       .says = "bad.txt",
       .health = 1},
      {.what = "it gets one",
       .before = [](NightBench& bench) { bench.add("b/bad.txt", 10); },
       .summary = {{"added", 1}, {"documents", 276}}},
      {.what = "the disk is full",
       .before = [](NightBench& bench) { bench.add_many("a/much", 400, 60, 11); },
       .start = on_full_disk,
       .status = 3,
       .says = "File too large",
       .health = 2},
      {.what = "there is room again", .summary = {{"added", 60}, {"documents", 336}}},
      {.what = "a folder is not mounted: its place is gone",
       .before =
           [](NightBench& bench) {
             bench.hide("b");
             bench.add("a/0500.txt", 13);
           },
       .status = 1,
       .summary = {{"added", 1}, {"removed", 0}, {"documents", 337}},
       .says = "offline",
       .health = 1},
      {.what = "a folder is not mounted: its place is empty",
       .before =
           [](NightBench& bench) {
             fs::create_directory(bench.archive / "b");
             bench.add("a/0501.txt", 14);
           },
       .status = 1,
       .summary = {{"added", 1}, {"removed", 0}, {"documents", 338}},
       .says = "offline",
       .health = 1},
      {.what = "no folder is mounted",
       .before = [](NightBench& bench) { bench.hide("a"); },
       .status = 3,
       .summary = {{"status", 3}},
       .health = 2},
      {.what = "both are back",
       .before =
           [](NightBench& bench) {
             bench.show("a");
             bench.show("b");
           },
       .summary = {{"added", 0}, {"removed", 0}, {"documents", 338}}},
      {.what = "killed in the middle",
       .before = [](NightBench& bench) { bench.add_many("a", 600, 5, 17); },
       .start = with_fault("fsync:2:KILL:once"),
       .status = 137,
       .summary = {{"state", "ended"}, {"status", 137}},
       .health = 2},
      {.what = "the next run does what is left", .summary = {{"documents", 343}}},
      {.what = "another run holds the lock",
       .before = [](NightBench& bench) { bench.add("a/0700.txt", 19); },
       .start = while_locked,
       .status = 75,
       .summary = {{"documents", 343}},
       .says = "is being written by",
       .health = 2},
      {.what = "two runs at once", .start = twice, .summary = {{"documents", 344}}},
      {.what = "the clock is set back two days",
       .before = [](NightBench& bench) { bench.add("a/0701.txt", 19); },
       .summary = {{"added", 1}, {"documents", 345}},
       .clock_days = -2},
      {.what = "the clock is right again",
       .before = [](NightBench& bench) { bench.add("a/0706.txt", 22); },
       .summary = {{"added", 1}, {"documents", 346}}},
      {.what = "a new version of the program has other tables",
       .before = [](NightBench& bench) { bench.renew(); },
       .summary = {{"action", "upgrade"}, {"rebuilt", true}, {"documents", 346}}},
      {.what = "the alias file gets a line",
       .before = [](NightBench& bench) { bench.write_aliases(kLines + "Linda\tAnna Lind\n"); },
       .summary = {{"documents", 346}},
       .says = "aliases: 1 added"},
      {.what = "the alias file gets a bad line",
       .before =
           [](NightBench& bench) {
             bench.write_aliases(kLines + "Linda Anna Lind\n");
             bench.add("a/0702.txt", 25);
           },
       .status = 1,
       .summary = {{"added", 1}, {"documents", 347}},
       .says = "aliases.tsv",
       .health = 1},
      {.what = "the alias file is empty",
       .before =
           [](NightBench& bench) {
             bench.write_aliases("");
             bench.add("a/0703.txt", 26);
           },
       .status = 1,
       .summary = {{"added", 1}, {"documents", 348}},
       .says = "--max-alias-changes",
       .health = 1},
      {.what = "the alias file is as it was",
       .before = [](NightBench& bench) { bench.write_aliases(kLines + "Linda\tAnna Lind\n"); },
       .summary = {{"documents", 348}}},
      {.what = "root compacted it",
       .before = [](NightBench& bench) { bench.add("a/0705.txt", 28); },
       .start = after_root_did({"--compact"}),
       .summary = {{"documents", 349}}},
      {.what = "root rebuilt it",
       .start = after_root_did({"--rebuild"}),
       .summary = {{"documents", 349}}},
      {.what = "forty are removed: it is said, also with --quiet",
       .before =
           [](NightBench& bench) {
             bench.remove_many("b", 50, 40);
             bench.add("a/0704.txt", 30);
           },
       .summary = {{"removed", 40}, {"documents", 310}},
       .says = "40",
       .health = 1},
      {.what = "a third is gone: that is refused",
       .before = [](NightBench& bench) { bench.remove_many("a", 20, 110); },
       .status = 3,
       .summary = {{"status", 3}},
       .says = "--max-delete",
       .health = 2},
      {.what = "it is allowed",
       .options = {"--max-delete", "110"},
       .summary = {{"removed", 110}, {"documents", 200}},
       .says = "110"},
      {.what = "told to end in the middle",
       .before = [](NightBench& bench) { bench.add_many("a", 800, 40, 33); },
       .start = with_fault("read:120:TERM:once"),
       .status = 143,
       .says = "signal 15",
       .health = 2},
      {.what = "the time is up at once",
       .options = {"--time-limit", "0"},
       .status = 4,
       .says = "time limit",
       .health = 2},
      {.what = "the rest is done", .summary = {{"documents", 240}}},
      {.what = "an article has to stay out by order of a court",
       .before =
           [](NightBench& bench) {
             write_file(bench.exclude_list, (bench.archive / "a/0012.txt").string() + "\n");
             bench.standing = {"--exclude-list", bench.exclude_list};
           },
       .summary = {{"removed", 1}, {"documents", 239}}},
      {.what = "a folder is given up: it is forgotten by name, then left out",
       .before =
           [](NightBench& bench) {
             const Outcome forgotten = bench.ask({"--forget", bench.archive / "b"});
             INFO(forgotten.err);
             CHECK(forgotten.status == 0);
             bench.hide("b");
             bench.folders = {"a"};
           },
       .summary = {{"added", 0}, {"removed", 0}}},
  };
}

}  // namespace
