// dateline-index as cron starts it: signals, limits, reports, a second run.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

struct Bench : Workplace {
  explicit Bench(int articles) {
    for (int i = 0; i < articles; ++i) {
      write_file(folder / fmt::format("archive/{:05}.txt", i),
                 article_bytes("2023-03-03",
                               fmt::format("Talks {}\n\n\"We met,\" said Anna Lind in Oslo.", i)));
    }
  }
  std::vector<std::string> arguments(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--db", database, archive});
    return more;
  }
  Outcome index(std::vector<std::string> more = {}) const {
    return run("dateline-index", arguments(std::move(more)));
  }
};

// Holds the database's lock as another run would.
class OtherRun {
 public:
  explicit OtherRun(const std::string& database)
      : descriptor_(open((database + "/lock").c_str(), O_RDWR | O_CREAT, 0644)) {
    REQUIRE(flock(descriptor_, LOCK_EX) == 0);
    const std::string text = "4711 2023-03-03T02:00:00Z\n";
    REQUIRE(pwrite(descriptor_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
  }
  ~OtherRun() { close(descriptor_); }

 private:
  int descriptor_;
};

// A disk of two megabytes; absent where mounting is not allowed.
class SmallDisk {
 public:
  explicit SmallDisk(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=2m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount(folder_.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  void enlarge() const {
    REQUIRE(mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0);
  }

 private:
  fs::path folder_;
  bool mounted_ = false;
};

}  // namespace

TEST_CASE("a second run ends at once with 75 and names the holder") {
  const Bench bench(2);
  REQUIRE(bench.index().status == 0);
  const OtherRun other(bench.database);
  const Outcome outcome = bench.index();
  CHECK(outcome.status == 75);
  CHECK_THAT(outcome.err,
             Catch::Contains("is being written by process 4711 since 2023-03-03T02:00:00Z") &&
                 Catch::Contains("--wait"));
  CHECK(bench.index({"--wait", "0.3"}).status == 75);
}

TEST_CASE(
    "a signal ends the waiting for another run: 128 and its number, nothing changed, and it says "
    "so") {
  const Bench bench(2);
  REQUIRE(bench.index().status == 0);
  const OtherRun other(bench.database);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    Outcome stopped;
    for (const double delay :
         {0.1, 0.5, 2.0}) {  // seconds; on a busy machine the program may not listen yet
      stopped = run_and_signal("dateline-index", bench.arguments({"--wait", "600"}), signal, delay);
      if (!stopped.err.empty()) break;
    }
    CHECK(stopped.status == 128 + signal);
    CHECK(stopped.err ==
          fmt::format("dateline-index: stopped by signal {}; nothing was changed\n", signal));
  }
}

TEST_CASE(
    "signals that were ignored at the start are ignored to the end: nohup, and a background job of "
    "a shell") {
  const Bench bench(2);
  REQUIRE(bench.index().status == 0);
  const OtherRun other(bench.database);
  for (const char* const signal : {"HUP", "INT"}) {
    const Outcome ended = run_tool(
        "sh",
        {"-c",
         "trap '' $0; \"$@\" & trap - $0; while kill -$0 $! 2>&-; do :; done; wait $!; echo $?",
         signal, index_program(), "--db", bench.database, "--wait", "0.5", bench.archive});
    CHECK(ended.out == "75\n");
  }
}

TEST_CASE("a time limit commits what was done and ends with 4; the next run goes on") {
  const Bench bench(50);
  const Outcome limited = bench.index({"--time-limit", "0"});
  CHECK(limited.status == 4);
  CHECK_THAT(limited.err, Catch::Contains("stopped at the time limit; what was done is committed"));
  const Outcome rest = bench.index();
  CHECK(rest.status == 0);
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::StartsWith("articles 50\n"));
}

TEST_CASE("SIGTERM finishes the article, commits, summarises and ends with 143") {
  const Bench bench(3000);
  Outcome stopped;
  for (const double delay :
       {0.05, 0.3, 1.0}) {  // seconds; on a busy machine a program may end before it listens
    stopped = run_and_signal("dateline-index", bench.arguments(), SIGTERM, delay);
    if (stopped.status == 0 || !stopped.err.empty()) break;
  }
  INFO(stopped.err);
  REQUIRE((stopped.status == 143 || stopped.status == 0));  // 0: it was done before the signal came
  if (stopped.status == 143) CHECK_THAT(stopped.err, Catch::Contains("stopped by signal 15"));
  CHECK(bench.index().status == 0);
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::StartsWith("articles 3000\n"));
  CHECK(run_tool("xapian-check", {bench.database + "/XAPIANDB"}).status == 0);
}

TEST_CASE("the summary and the failures are written where they are asked for") {
  const Bench bench(2);
  write_file(bench.folder / "archive/bad.txt", "none\n");
  const std::string summary = (bench.folder / "summary.json").string();
  const std::string errors = (bench.folder / "errors.jsonl").string();
  CHECK(bench.index({"--summary", summary, "--errors", errors}).status == 1);
  CHECK(nlohmann::json::parse(read_file(summary)).at("added") == 2);
  const auto error = nlohmann::json::parse(read_file(errors));
  CHECK(error.at("path") == bench.archive + "/bad.txt");
  CHECK(error.at("reason") == "no-date");
  const Outcome nowhere = bench.index({"--summary", "/nonexistent/summary.json"});
  CHECK(nowhere.status == 74);
  CHECK_THAT(nowhere.err, Catch::Contains("/nonexistent/summary.json: cannot be written: No such "
                                          "file or directory; the index is up to date"));
}

TEST_CASE("-v and --dry-run name paths") {
  const Bench bench(1);
  CHECK_THAT(bench.index({"--dry-run"}).out,
             Catch::StartsWith(
                 "add " + bench.archive +
                 "/00000.txt\nwould add 1, check 0, move 0, remove 0; unchanged 0 articles\n"));
  CHECK_FALSE(fs::exists(bench.database));
  CHECK_THAT(bench.index({"-v"}).out,
             Catch::StartsWith("added " + bench.archive +
                               "/00000.txt\nadded 1, unchanged 0 articles in "));
}

TEST_CASE("a database folder that cannot be written is an error, and nothing is lost") {
  const Bench bench(1);
  REQUIRE(bench.index().status == 0);
  write_file(bench.folder / "archive/new.txt", article_bytes("2023-03-04", "Talks end"));
  const Outcome small = run_with_file_limit("dateline-index", bench.arguments(), 4096);
  CHECK(small.status == 3);
  CHECK(bench.index().status == 0);
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::StartsWith("articles 2\n"));
}

TEST_CASE("where there is no room for a second index, the nights go on in the one of older rules") {
  Bench bench(150);
  const SmallDisk disk(bench.folder / "disk");
  if (!disk.mounted()) return skip("no mount allowed here");
  bench.database = (bench.folder / "disk/index.db").string();
  REQUIRE(bench.index().status == 0);
  fs::copy(data_folder(), bench.folder / "data", fs::copy_options::recursive);
  write_file(bench.folder / "data/en/titles.tsv",
             read_file(data_folder() / "en/titles.tsv") + "zoologist general\n");
  write_file(bench.folder / "archive/new.txt", article_bytes("2023-03-05", "Talks end"));
  write_file(bench.folder / "disk/filler", std::string(1'500'000, 'x'));
  const auto night = [&] {
    return run("dateline-index", bench.arguments(),
               {{"DATELINE_DATA", (bench.folder / "data").string()}});
  };
  const Outcome full = night();
  CHECK(full.status == 0);
  CHECK_THAT(full.err, Catch::Contains("no room for a second index"));
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::StartsWith("articles 151\n") &&
                 Catch::Contains("with articles of other rules or tables"));
  disk.enlarge();
  const Outcome room = night();
  CHECK(room.status == 0);
  CHECK_THAT(room.out, Catch::Contains("rebuilt: was made with other data tables"));
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             !Catch::Contains("with articles of other"));
}

TEST_CASE(
    "a full disk is an error that says so; nothing is lost, no half generation stays, and with "
    "room the next run goes on") {
  Bench bench(20);
  const SmallDisk disk(bench.folder / "disk");
  if (!disk.mounted())
    return skip("no mount allowed here: the limit of the file size above stands for it");
  bench.database = (bench.folder / "disk/index.db").string();
  REQUIRE(bench.index().status == 0);
  const auto dump = [&] { return run("dateline-index", {"--db", bench.database, "--dump"}).out; };
  const std::string before = dump();
  for (int i = 0; i < 300; ++i) {
    write_file(bench.folder / fmt::format("archive/more{:05}.txt", i),
               article_bytes("2023-03-05", read_file(data_folder() / "sample/README.md")));
  }
  for (const auto& job : {std::vector<std::string>{}, {"--rebuild"}}) {
    const Outcome full = bench.index(job);
    CHECK(full.status == 3);
    CHECK_THAT(full.err, Catch::Contains("No space left on device"));
    CHECK(dump() == before);
    CHECK_FALSE(fs::exists(bench.database + "/gen-000002"));
  }
  disk.enlarge();
  CHECK(bench.index().status == 0);
  CHECK(run("dateline-index", {"--db", bench.database, "--check"}).status == 0);
}
