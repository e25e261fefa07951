// dateline-index --health, and the reports of a night: --summary, --errors, standard error.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Bench : Workplace {
  std::string summary_file = (folder / "summary.json").string();
  std::string errors_file = (folder / "errors.jsonl").string();

  explicit Bench(int articles = 3) {
    for (int i = 0; i < articles; ++i) article(i);
  }
  std::string path(int number) const { return fmt::format("{}/{:04}.txt", archive, number); }
  void article(int number) const {
    write_file(path(number),
               article_bytes(
                   "2023-03-03",
                   fmt::format("Talks {}\n\n\"We met,\" said Anna Lind, the minister.", number)));
  }
  Outcome ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", database});
    return run("dateline-index", arguments);
  }
  Outcome night(std::vector<std::string> more = {}) const {
    more.insert(more.end(),
                {"--quiet", "--summary", summary_file, "--errors", errors_file, archive});
    return ask(std::move(more));
  }
  Outcome health(std::vector<std::string> more = {}) const {
    more.insert(more.end(), "--health");
    return ask(std::move(more));
  }
  json summary() const { return json::parse(read_file(summary_file)); }
  std::vector<json> errors() const {
    std::vector<json> all;
    std::istringstream lines(read_file(errors_file));
    for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
    return all;
  }
};

class HeldLock {
 public:
  explicit HeldLock(const std::string& database)
      : descriptor_(open((database + "/lock").c_str(), O_RDWR)) {
    REQUIRE(flock(descriptor_, LOCK_EX) == 0);
  }
  ~HeldLock() { close(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

TEST_CASE("--health is fine after a good night, and says when there is no index") {
  const Bench bench;
  const Outcome none = bench.health();
  CHECK(none.status == 3);
  CHECK_THAT(none.out, Catch::StartsWith("UNKNOWN: ") && Catch::Contains(bench.database));
  CHECK_FALSE(fs::exists(bench.database));
  REQUIRE(bench.night().status == 0);
  const Outcome fine = bench.health();
  CHECK(fine.status == 0);
  CHECK_THAT(fine.out, Catch::StartsWith("OK: 3 articles, last good run 2") &&
                           Catch::EndsWith(", newest article 2023-03-03\n"));
  const Outcome metrics = bench.health({"--prometheus"});
  CHECK(metrics.status == 0);
  CHECK_THAT(metrics.out,
             Catch::Contains("dateline_articles{database=\"" + bench.database + "\"} 3\n") &&
                 Catch::Contains("dateline_up{"));
}

TEST_CASE("--health warns of new failures and is critical after a failed night") {
  const Bench bench;
  REQUIRE(bench.night().status == 0);
  write_file(bench.folder / "archive/bad.txt", "none\n");
  REQUIRE(bench.night().status == 1);
  const Outcome warned = bench.health();
  CHECK(warned.status == 1);
  CHECK_THAT(warned.out, Catch::StartsWith("WARNING: 1 file newly failed; 3 articles"));
  CHECK(bench.ask({bench.archive + "/none"}).status == 3);
  const Outcome critical = bench.health();
  CHECK(critical.status == 2);
  CHECK_THAT(critical.out,
             Catch::StartsWith("CRITICAL: the run of ") && Catch::Contains("ended with status 3"));
}

TEST_CASE("a mistake in the call of --health is unknown, for a monitor reads standard output") {
  const Bench bench;
  for (const std::vector<std::string>& mistake : {std::vector<std::string>{"--max-age", "26"},
                                                  {"--max-gap", "x3d"},
                                                  {"--max-age", "0h"},
                                                  {"--json"},
                                                  {bench.archive}}) {
    const Outcome outcome = bench.health(mistake);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out, Catch::StartsWith("UNKNOWN: "));
  }
  CHECK(bench.ask({"--max-age", "26h", bench.archive}).status == 2);
  CHECK(bench.ask({"--prometheus", bench.archive}).status == 2);
}

TEST_CASE(
    "--health sees damage that a quick look can see, and a stub that is lost or of somebody else") {
  const Bench bench(30);
  REQUIRE(bench.night().status == 0);
  const fs::path generation = fs::path(bench.database) / "gen-000001";
  const auto critical = [&](std::string_view what) {
    const Outcome outcome = bench.health();
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.out, Catch::StartsWith("CRITICAL: ") && Catch::Contains(std::string(what)));
    CHECK_THAT(bench.health({"--prometheus"}).out,
               Catch::Contains("dateline_up{database=\"" + bench.database + "\"} 0\n"));
  };
  SECTION("a table that is gone") {
    fs::remove(generation / "position.glass");
    critical("position.glass is missing");
  }
  SECTION("a table that was cut") {
    fs::resize_file(generation / "docdata.glass",
                    fs::file_size(generation / "docdata.glass") / 2 + 1);
    critical("EOF reading block");
  }
  SECTION("a table of nothing but zeros") {
    write_file(generation / "termlist.glass",
               std::string(fs::file_size(generation / "termlist.glass"), '\0'));
    critical("damaged");
  }
  SECTION("no stub") {
    fs::remove(fs::path(bench.database) / "XAPIANDB");
    critical("XAPIANDB");
  }
  SECTION("another's stub") {
    write_file(fs::path(bench.database) / "XAPIANDB", "remote :/bin/true x\n");
    critical("XAPIANDB");
  }
}

TEST_CASE(
    "a run that was killed leaves its beginning in the summary, and --health knows that it is "
    "dead") {
  const Bench bench;
  REQUIRE(bench.night().status == 0);
  const std::string lock = bench.database + "/lock";
  {
    const HeldLock held(bench.database);  // as the kernel drops it when the process is gone
    write_file(lock, "4711 2036-01-01T00:00:00Z\n");
    CHECK(bench.health().status == 0);
    CHECK_THAT(bench.health().out, Catch::Contains("a run is at work"));
  }
  const Outcome dead = bench.health();
  CHECK(dead.status == 2);
  CHECK_THAT(dead.out,
             Catch::StartsWith("CRITICAL: the run of 2036-01-01 00:00 died (process 4711)"));
}

namespace {

// A run that stays in its midst until it is killed: -v fills a pipe that nobody reads.
class StuckRun {
 public:
  explicit StuckRun(const Bench& bench, const std::string& messages = "/dev/null") {
    REQUIRE(pipe(ends_.data()) == 0);
    program = fork();
    REQUIRE(program >= 0);
    if (program == 0) {
      dup2(ends_[1], STDOUT_FILENO);
      dup2(open(messages.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
      setenv("DATELINE_DATA", data_folder().c_str(), 1);
      execl(index_program().c_str(), "dateline-index", "--db", bench.database.c_str(), "-v",
            "--summary", bench.summary_file.c_str(), bench.archive.c_str(), nullptr);
      _exit(127);
    }
    for (int filled = 0; filled < (1 << 15);) {
      REQUIRE(ioctl(ends_[0], FIONREAD, &filled) == 0);
      REQUIRE(waitpid(program, nullptr, WNOHANG) == 0);
      std::this_thread::yield();
    }
    running = bench.summary();
    at_work = running.at("pid");
  }
  ~StuckRun() {
    for (const int end : ends_) close(end);
  }

  // The program's status, when the lock is free.
  int end_of(const Bench& bench) {
    int status = 0;
    waitpid(program, &status, 0);
    const int lock = open((bench.database + "/lock").c_str(), O_RDWR);
    flock(lock, LOCK_EX);
    close(lock);
    return status;
  }

  pid_t program = 0;  // that was started
  pid_t at_work = 0;  // its child, which holds the lock
  json running;       // the summary

 private:
  std::array<int, 2> ends_{};
};

}  // namespace

TEST_CASE(
    "a run that is killed in its midst leaves that it was running, and --health says that it "
    "died") {
  const Bench bench(3000);
  StuckRun run(bench);
  CHECK(run.running.at("state") == "running");
  CHECK_FALSE(run.running.contains("status"));
  kill(run.program, SIGKILL);
  run.end_of(bench);
  CHECK(bench.summary() == run.running);
  const Outcome dead = bench.health();
  CHECK(dead.status == 2);
  CHECK_THAT(dead.out, Catch::Contains(fmt::format("died (process {})", run.at_work)));
  CHECK(bench.night().status == 0);
  CHECK(bench.health().status == 0);
}

TEST_CASE("a run whose writing crashes or comes to no end is told of, with 3") {
  const Bench bench(3000);
  const std::string messages = (bench.folder / "messages").string();
  const auto [signal, words] = GENERATE(std::pair{SIGABRT, "the run was ended by signal 6"},
                                        std::pair{SIGXCPU, "the run came to no end"});
  StuckRun run(bench, messages);
  kill(run.at_work, signal);
  const int status = run.end_of(bench);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 3);
  CHECK_THAT(read_file(messages), Catch::Contains(words) && Catch::Contains("--check"));
  const json summary = bench.summary();
  CHECK(summary.at("state") == "ended");
  CHECK(summary.at("status") == 3);
  CHECK_THAT(summary.at("error").get<std::string>(), Catch::Contains(words));
  CHECK_THAT(read_file(bench.database + "/runs.jsonl"), Catch::Contains(words));
  CHECK(bench.night().status == 0);
}

TEST_CASE(
    "the summary says how a run went, also one that failed, and nothing of one that was locked "
    "out") {
  const Bench bench;
  REQUIRE(bench.night().status == 0);
  const json good = bench.summary();
  CHECK(good.at("version") == 1);
  CHECK(good.at("state") == "ended");
  CHECK(good.at("status") == 0);
  CHECK(good.at("database") == bench.database);
  CHECK(good.at("folders") == json{bench.archive});
  CHECK(good.at("newest_article") == "2023-03-03");
  CHECK(good.at("added") == 3);
  for (const auto* key :
       {"started", "ended", "pid", "program", "offline", "removals", "alias_changes"})
    CHECK(good.contains(key));
  {
    const HeldLock held(bench.database);
    CHECK(bench.night().status == 75);
    CHECK(bench.summary() == good);
  }
  CHECK(bench.ask({"--summary", bench.summary_file, bench.archive + "/none"}).status == 3);
  const json failed = bench.summary();
  CHECK(failed.at("status") == 3);
  CHECK_THAT(failed.at("error").get<std::string>(), Catch::Contains("/none"));
  CHECK_FALSE(failed.contains("added"));
  fs::resize_file(fs::path(bench.database) / "gen-000001/postlist.glass", 0);
  CHECK(bench.night().status == 3);
  CHECK(bench.summary().at("status") == 3);
}

TEST_CASE("the summary keeps the mode of the file it replaces, and a link that leads to it") {
  const Bench bench;
  const fs::path real = bench.folder / "reports/real.json";
  write_file(real, "old");
  REQUIRE(chmod(real.c_str(), 0640) == 0);
  fs::create_symlink("reports/real.json", bench.summary_file);
  REQUIRE(bench.night().status == 0);
  CHECK(fs::is_symlink(bench.summary_file));
  CHECK(json::parse(read_file(real)).at("status") == 0);
  struct stat state {};
  REQUIRE(stat(real.c_str(), &state) == 0);
  CHECK((state.st_mode & 0777) == 0640);
  CHECK(std::distance(fs::directory_iterator(real.parent_path()), {}) == 1);
}

TEST_CASE("a summary on standard output is written once, after what was printed") {
  const Bench bench;
  const Outcome outcome = bench.ask({"--summary", "/dev/stdout", bench.archive});
  CHECK(outcome.status == 0);
  const auto end = outcome.out.find('{');
  CHECK_THAT(outcome.out.substr(0, end), Catch::StartsWith("added 3, "));
  CHECK(json::parse(outcome.out.substr(end)).at("state") == "ended");
  const std::string file = (bench.folder / "all").string();
  REQUIRE(run_tool("sh", {"-c", "DATELINE_DATA=" + data_folder().string() + " " + index_program() +
                                    " --db " + bench.database + " --summary /dev/stdout " +
                                    bench.archive + " > " + file})
              .status == 0);
  CHECK_THAT(read_file(file),
             Catch::StartsWith("nothing to do") && Catch::Contains("\"state\": \"ended\""));
}

TEST_CASE(
    "--errors holds all that fail, each with the day it was first seen, as --stats --failed does; "
    "only the new make status 1") {
  const Bench bench;
  write_file(bench.folder / "archive/bad.txt", "none\n");
  REQUIRE(bench.night().status == 1);
  REQUIRE(bench.errors().size() == 1);
  CHECK(bench.errors()[0].at("new") == true);
  CHECK_THAT(bench.errors()[0].at("message").get<std::string>(), Catch::Contains("bad.txt"));
  write_file(bench.folder / "archive/worse.txt", "");
  const Outcome second = bench.night();
  CHECK(second.status == 1);
  CHECK_THAT(second.err, Catch::Contains("worse.txt") && !Catch::Contains("bad.txt"));
  const auto errors = bench.errors();
  REQUIRE(errors.size() == 2);
  CHECK(errors[0].at("path") == bench.archive + "/bad.txt");
  CHECK(errors[0].at("new") == false);
  CHECK(errors[0].at("since").get<std::string>().size() == 10);
  CHECK(errors[1].at("new") == true);
  const Outcome third = bench.night();
  CHECK(third.status == 0);
  CHECK(third.err.empty());
  CHECK(bench.errors().size() == 2);
  CHECK(bench.night({"--retry-failed"}).status == 0);  // looked at again, and nothing new
  CHECK(bench.night({"--rebuild"}).status == 0);
  CHECK(bench.errors().size() == 2);
  std::istringstream stats(bench.ask({"--stats", "--failed", "--json"}).out);
  std::vector<std::string> paths;
  for (std::string line; std::getline(stats, line);) paths.push_back(json::parse(line).at("path"));
  CHECK(paths ==
        std::vector<std::string>{bench.archive + "/bad.txt", bench.archive + "/worse.txt"});
  write_file(bench.folder / "archive/worse.txt", "another reason\n");
  CHECK(bench.night().status == 1);
}

TEST_CASE(
    "what cannot be read or listed is named once, then counted, and stands once in --errors") {
  const Bench bench;
  if (geteuid() == 0) {
    WARN("skipped: root may read and write everything");
    return;
  }
  for (int i = 100; i < 130; ++i) {
    bench.article(i);
    REQUIRE(chmod(bench.path(i).c_str(), 0) == 0);
  }
  const fs::path closed = bench.folder / "archive/closed";
  fs::create_directories(closed);
  REQUIRE(chmod(closed.c_str(), 0) == 0);
  const Outcome first = bench.night();
  CHECK(first.status == 1);
  CHECK_THAT(first.err,
             Catch::Contains("10 files more below " + bench.archive + ": Permission denied\n") &&
                 Catch::Contains(closed.string() + ": cannot be listed"));
  for (int night = 0; night < 3; ++night) {
    const Outcome again = bench.night();
    CHECK(again.status == 0);
    CHECK(again.err.empty());
    const std::string told = bench.ask({bench.archive}).err;
    CHECK_THAT(told,
               Catch::Contains("30 files below " + bench.archive + ": Permission denied, since ") &&
                   !Catch::Contains("0100.txt"));
    CHECK(bench.errors().size() == 31);
  }
  REQUIRE(chmod(closed.c_str(), 0700) == 0);
  CHECK(bench.night().status == 0);
  CHECK(bench.errors().size() == 30);
}

TEST_CASE("a run that a limit stopped does not call known failures new in the next one") {
  const Bench bench(20);
  write_file(bench.folder / "archive/9999.txt", "none\n");
  REQUIRE(bench.night().status == 1);
  write_file(bench.folder / "archive/9999.txt", "none of it\n");
  bench.article(0);
  write_file(bench.folder / "archive/0000.txt", article_bytes("2023-03-04", "Changed"));
  REQUIRE(bench.night({"--time-limit", "0"}).status == 4);
  CHECK(bench.night().status == 0);
}

TEST_CASE(
    "many articles that are gone are said also with --quiet, those that are none any more among "
    "them") {
  const Bench bench(100);
  REQUIRE(bench.night().status == 0);
  for (int i = 0; i < 20; ++i) fs::remove(bench.path(i));
  CHECK(bench.night().err.empty());
  for (int i = 20; i < 35; ++i) fs::remove(bench.path(i));
  for (int i = 35; i < 50; ++i) write_file(bench.path(i), "");
  const Outcome night = bench.night();
  CHECK_THAT(
      night.err,
      Catch::Contains(
          "removed 30 of 80 articles: 15 gone from the archive, 15 no articles any more (first: " +
          bench.path(20) + ")"));
  CHECK(bench.summary().at("removals").at("paths").size() == 30);
}

TEST_CASE("an index that loses a little every night is guarded by its largest size lately") {
  const Bench bench(1200);
  const std::string list = (bench.folder / "excluded").string();
  write_file(list, bench.archive + "/of-a-court.txt\n");
  REQUIRE(bench.night({"--exclude-list", list}).status == 0);
  int gone = 0;
  Outcome night;
  for (int nights = 0; nights < 6 && night.status == 0; ++nights) {
    for (int i = 0; i < 60; ++i) fs::remove(bench.path(gone++));
    night = bench.night({"--exclude-list", list});
  }
  CHECK(night.status == 3);
  CHECK_THAT(bench.ask({"--stats"}).out, Catch::StartsWith("articles 1080\n"));
  CHECK(bench.health().status == 2);
  CHECK(bench.night({"--max-delete", "60"}).status == 0);
  fs::remove(bench.path(gone));
  CHECK(bench.night().status == 0);  // counted from what was allowed
}

TEST_CASE(
    "a permission that was not needed does not make the guard forget the largest size lately") {
  const Bench bench(1200);
  const std::vector<std::string> allowed = {"--max-delete", "500"};  // stands in nightly.conf
  const auto last_run = [&] {
    return json::parse(bench.ask({"--stats", "--json"}).out).at("last_run");
  };
  REQUIRE(bench.night(allowed).status == 0);
  int gone = 0;
  const auto remove = [&](int count) {
    for (int i = 0; i < count; ++i) fs::remove(bench.path(gone++));
  };
  for (int night = 0; night < 2; ++night) {
    remove(50);
    REQUIRE(bench.night(allowed).status == 0);
    CHECK(last_run().at("deletions_allowed") == false);
  }
  remove(30);
  CHECK(bench.night().status == 3);
  CHECK(bench.night(allowed).status == 0);
  CHECK(last_run().at("deletions_allowed") == true);
  remove(30);
  CHECK(bench.night().status == 0);
}

TEST_CASE("aliases that are all gone are refused, the old ones stay, and the night goes on") {
  const Bench bench;
  const std::string file = (bench.folder / "aliases.tsv").string();
  std::string lines;
  for (int i = 0; i < 12; ++i)
    lines += fmt::format("Name Number{}\tAnna Lind\n", static_cast<char>('a' + i));
  write_file(file, lines);
  const Outcome first = bench.night({"--aliases", file});
  CHECK(first.status == 0);
  CHECK_THAT(first.err, Catch::Contains("aliases: 12 added, 0 removed, 0 changed"));
  write_file(file, "# nothing\n");
  bench.article(7);
  const Outcome emptied = bench.night({"--aliases", file});
  CHECK(emptied.status == 1);
  CHECK_THAT(emptied.err, Catch::Contains(file) &&
                              Catch::Contains("12 of 12 aliases would change") &&
                              Catch::Contains("--max-alias-changes 12"));
  CHECK(bench.summary().at("added") == 1);
  CHECK(bench.summary().at("alias_changes").at("refused") == true);
  const Outcome alone = bench.ask({"--aliases", file});
  CHECK(alone.status == 3);
  const Outcome meant = bench.ask({"--aliases", file, "--max-alias-changes", "12"});
  CHECK(meant.status == 0);
  CHECK_THAT(meant.err, Catch::Contains("aliases: 0 added, 12 removed, 0 changed"));
  CHECK(meant.out == "0 aliases in the index\n");
  CHECK(bench.ask({"--max-alias-changes", "12", bench.archive}).status == 2);
}

TEST_CASE("a history that was lost is no run that died") {
  const Bench bench;
  bench.article(1);
  REQUIRE(bench.night().status == 0);
  const fs::path history = fs::path(bench.database) / "runs.jsonl";
  for (const std::string& text : {std::string(), std::string("{\"hello\":1}\n")}) {
    write_file(history, text);
    const Outcome health = bench.health();
    CHECK(health.status == 1);
    CHECK_THAT(health.out,
               Catch::StartsWith("WARNING: ") && Catch::Contains("is not in the history of runs"));
  }
}
