// Who may read and write: indexer, searcher and root's hand as different users. Needs root; an
// ordinary user passes over it, and says so.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

constexpr unsigned kIndexer = 64101;
constexpr unsigned kSearcher = 64102;
constexpr unsigned kReaders = 64103;  // a group of both

// setpriv itself still has root's rights when it looks for the program: env has not.
bool may_change_user() {
  if (geteuid() == 0 && run_tool("setpriv", {"--reuid=64101", "--regid=64101", "--clear-groups",
                                             "env", index_program(), "--version"})
                                .status == 0)
    return true;
  skip("root alone can run programs as other users, where these may reach them");
  return false;
}

struct Bench : Workplace {
  Bench() {
    chmod(folder.path().c_str(), 0755);
    for (int i = 0; i < 3; ++i) {
      write_file(
          folder / fmt::format("archive/{}.txt", i),
          article_bytes("2023-03-01",
                        fmt::format("Talks {} go on\n\n\"We met,\" said Anna Lind in Oslo.", i)));
    }
    fs::create_directory(database);
  }
  void owned(unsigned user, unsigned group, unsigned mode) const {
    REQUIRE(chown(database.c_str(), user, group) == 0);
    REQUIRE(chmod(database.c_str(), mode) == 0);
  }
  Outcome as(unsigned user, const std::string& program, std::vector<std::string> arguments,
             const std::string& umask = "0022") const {
    std::vector<std::string> all{fmt::format("--reuid={}", user),
                                 fmt::format("--regid={}", user),
                                 fmt::format("--groups={}", user == 0 ? 0U : kReaders),
                                 "env",
                                 "DATELINE_DATA=" + data_folder().string(),
                                 "sh",
                                 "-c",
                                 "umask " + umask + "; exec \"$@\"",
                                 "sh",
                                 program,
                                 "--db",
                                 database};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_tool("setpriv", all);
  }
  // "0640 64101 64103" of what is there, without the names of generations.
  void expect_all(const std::string& files, const std::string& folders) const {
    for (const auto& item : fs::recursive_directory_iterator(database)) {
      if (item.path().filename() == "runs.jsonl") continue;
      struct stat status {};
      REQUIRE(lstat(item.path().c_str(), &status) == 0);
      INFO(item.path().string());
      CHECK(fmt::format("{:04o} {} {}", status.st_mode & 07777, status.st_uid, status.st_gid) ==
            (item.is_directory() ? folders : files));
    }
  }
};

}  // namespace

TEST_CASE("what a run makes has owner, group and mode of the database's folder, whoever runs it") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kReaders, 02750);
  int number = 10;
  // root's hand between the nights, each with its own umask
  for (const auto& [user, umask] : std::vector<std::pair<unsigned, std::string>>{
           {kIndexer, "0077"}, {0, "0077"}, {kIndexer, "0000"}, {0, "0000"}, {kIndexer, "0022"}}) {
    for (const std::vector<std::string>& call : {std::vector<std::string>{bench.archive},
                                                 {"--compact"},
                                                 {"--rebuild", bench.archive},
                                                 {bench.archive}}) {
      write_file(bench.folder / fmt::format("archive/{}.txt", number++),
                 article_bytes("2023-03-02", "Talks resume\n\n\"We met,\" said Bo Ek in Paris."));
      const Outcome outcome = bench.as(user, index_program(), call, umask);
      INFO(user << ' ' << call.front() << ": " << outcome.err);
      REQUIRE(outcome.status == 0);
      bench.expect_all("0640 64101 64103", "2750 64101 64103");
      const Outcome search = bench.as(kSearcher, query_program(), {"talks"});
      INFO(search.err);
      CHECK(search.status == 0);
      CHECK(bench.as(kSearcher, index_program(), {"--check"}).status == 0);
    }
  }
}

TEST_CASE("a lost stub that root adopts belongs to the folder's owner") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kIndexer, 0755);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
  fs::remove(fs::path(bench.database) / "XAPIANDB");
  fs::remove(fs::path(bench.database) / "lock");
  REQUIRE(bench.as(0, index_program(), {"--adopt"}, "0077").status == 0);
  bench.expect_all("0644 64101 64101", "0755 64101 64101");
  CHECK(bench.as(kIndexer, index_program(), {"--rebuild", bench.archive}).status == 0);
}

TEST_CASE("files that root left before do not lock the owner out") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kIndexer, 0755);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
  REQUIRE(chown((bench.database + "/lock").c_str(), 0, 0) == 0);
  const Outcome outcome = bench.as(kIndexer, index_program(), {"--compact"});
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  bench.expect_all("0644 64101 64101", "0755 64101 64101");
}

TEST_CASE("a history that root left is gone on with by the folder's owner, or the way is named") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kIndexer, 0755);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
  const std::string history = bench.database + "/runs.jsonl";
  const auto left_by_root = [&](unsigned mode) {
    REQUIRE(chown(history.c_str(), 0, 0) == 0);
    REQUIRE(chmod(history.c_str(), mode) == 0);
  };
  const std::string first = read_file(history);
  left_by_root(0644);
  const Outcome readable = bench.as(kIndexer, index_program(), {bench.archive});
  INFO(readable.err);
  CHECK(readable.status == 0);
  CHECK(read_file(history).starts_with(first));
  CHECK(read_file(history).size() > first.size());
  struct stat status {};
  REQUIRE(stat(history.c_str(), &status) == 0);
  CHECK(status.st_uid == kIndexer);
  left_by_root(0600);
  const std::string second = read_file(history);
  const Outcome hidden = bench.as(kIndexer, index_program(), {bench.archive});
  CHECK(hidden.status == 74);
  const std::string command = fmt::format("chown --reference={} {}", bench.database, history);
  CHECK_THAT(hidden.err, Catch::Contains("hint: as root: " + command + "\n"));
  CHECK(read_file(history) == second);
  REQUIRE(run_tool("sh", {"-c", command}).status == 0);
  CHECK(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
}

TEST_CASE("a backup by one who may only read the database is done, and says what it cannot leave") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kReaders, 02750);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
  const fs::path place = bench.folder / "copies";
  fs::create_directory(place);
  REQUIRE(chown(place.c_str(), kSearcher, kSearcher) == 0);
  const std::string history = read_file(bench.database + "/runs.jsonl");
  for (const bool quiet : {false, true}) {
    const std::string copy = (place / (quiet ? "quiet" : "said")).string();
    std::vector<std::string> call = {"--backup", copy};
    if (quiet) call.emplace_back("--quiet");
    const Outcome made = bench.as(kSearcher, index_program(), call);
    CHECK(made.status == 0);
    CHECK((made.err.find("warning: this backup leaves no line in the history: " + bench.database) !=
           std::string::npos) == !quiet);
    CHECK(made.err.empty() == quiet);
    CHECK(run("dateline-query", {"--db", copy, "--count", "talks"}).out == "3\n");
  }
  CHECK(read_file(bench.database + "/runs.jsonl") == history);
  REQUIRE(chmod((bench.database + "/runs.jsonl").c_str(), 0400) == 0);
  const std::string unwritable = (place / "none").string();
  REQUIRE(chmod(place.c_str(), 0500) == 0);
  CHECK(bench.as(kSearcher, index_program(), {"--backup", unwritable}).status == 3);
}

TEST_CASE("a user whose files the owner could not replace is told as whom to run") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kReaders, 0750);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
  for (const std::vector<std::string>& call :
       {std::vector<std::string>{bench.archive}, {"--rebuild", bench.archive}, {"--compact"}}) {
    const Outcome outcome = bench.as(kSearcher, index_program(), call);
    INFO(call.front() << ": " << outcome.err);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains("run it as user 64101"));
  }
  bench.expect_all("0640 64101 64103", "0750 64101 64103");
}

TEST_CASE("what may not be read is not called damaged") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kReaders, 02750);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
  const fs::path generation = bench.database + "/gen-000001";
  for (const fs::path& hidden :
       {generation / "iamglass", generation / "postlist.glass", generation / "position.glass",
        generation / "docdata.glass", generation / "termlist.glass", generation,
        fs::path(bench.database) / "XAPIANDB", fs::path(bench.database)}) {
    const auto before = fs::status(hidden).permissions();
    fs::permissions(hidden, fs::perms::none);
    const Outcome check = bench.as(kSearcher, index_program(), {"--check"});
    const Outcome search = bench.as(kSearcher, query_program(), {"talks"});
    INFO(hidden.string() << ": " << check.err << search.err);
    CHECK(check.status == 1);
    CHECK_THAT(check.err, Catch::Contains("could not be checked: ") &&
                              Catch::Contains("Permission denied") && !Catch::Contains("rebuild"));
    CHECK(search.status == 3);
    CHECK_THAT(search.err,
               Catch::Contains("ask as a user who may read it") && !Catch::Contains("damage"));
    // as its owner, who may not read it either
    CHECK_FALSE(bench.as(kIndexer, index_program(), {"--compact"}).status == 0);
    fs::permissions(hidden, before);
  }
  CHECK(bench.as(kSearcher, index_program(), {"--check"}).status == 0);
}

TEST_CASE("one who may only read the index can check it, and damage is damage to him, too") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kReaders, 02750);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status == 0);
  const Outcome sound = bench.as(kSearcher, index_program(), {"--check"});
  CHECK(sound.status == 0);
  CHECK(sound.out == "no damage found\n");
  const fs::path table = bench.database + "/gen-000001/postlist.glass";
  std::string bytes = read_file(table);
  for (std::size_t at = 0; at + 512 < bytes.size(); at += 512) bytes[at + 200] ^= 0x55;
  write_file(table, bytes);
  const Outcome damaged = bench.as(kSearcher, index_program(), {"--check"});
  CHECK(damaged.status == 3);
  CHECK_THAT(damaged.err, Catch::Contains("rebuild the index"));
}

TEST_CASE("where no process can be begun the index could not be checked, and is not damaged") {
  if (!may_change_user()) return;
  const Bench bench;
  bench.owned(kIndexer, kReaders, 0750);
  REQUIRE(bench.as(kIndexer, index_program(), {bench.archive}).status <= 1);
  const Outcome checked =
      run_tool("setpriv", {fmt::format("--reuid={}", kIndexer), fmt::format("--regid={}", kIndexer),
                           "--clear-groups", "prlimit", "--nproc=1", index_program(), "--db",
                           bench.database, "--check"});
  CHECK(checked.status == 1);
  CHECK_THAT(checked.err, Catch::Contains("could not be checked") && !Catch::Contains("damage"));
}
