// What dateline-index makes of an archive that is not as it seems.
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

using Arguments = std::vector<std::string>;

std::string article(const std::string& words) { return article_bytes("2023-03-03", words); }

struct Bench : Workplace {
  void write(const std::string& name, const std::string& words) const {
    write_file(folder / ("archive/" + name), article(words));
  }
  Outcome index(Arguments more = {}) const {
    more.insert(more.end(), {"--db", database, archive});
    return run("dateline-index", more);
  }
  Outcome find(const std::string& query) const {
    return run("dateline-query", {"--db", database, "--format", "paths", query});
  }
  std::string dump() const { return run("dateline-index", {"--db", database, "--dump"}).out; }
};

// Writes over a file's bytes and gives it back its time of modification.
void edit_in_place(const fs::path& file, const std::string& bytes) {
  struct stat before {};
  REQUIRE(stat(file.c_str(), &before) == 0);
  REQUIRE(before.st_size == static_cast<off_t>(bytes.size()));
  write_file(file, bytes);
  const timespec times[2] = {before.st_atim, before.st_mtim};
  REQUIRE(utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
}

// The same, by another file that takes the name.
void edit_by_rename(const fs::path& file, const std::string& bytes) {
  const fs::path other = file.string() + ".tmp";
  write_file(other, bytes);
  fs::last_write_time(other, fs::last_write_time(file));
  fs::rename(other, file);
}

}  // namespace

TEST_CASE("an edit that keeps size and time of modification is seen") {
  const Bench bench;
  bench.write("a.txt", "Talks open");
  bench.write("b.txt", "Talks close");
  bench.write("c.txt", "Talks pause");
  REQUIRE(bench.index().status == 0);
  edit_in_place(bench.folder / "archive/a.txt", article("Walks open"));
  edit_by_rename(bench.folder / "archive/b.txt", article("Walks close"));
  CHECK_THAT(bench.index().out, Catch::StartsWith("updated 2, unchanged 1 articles"));
  CHECK(bench.find("walks").out == fmt::format("{0}/a.txt\n{0}/b.txt\n", bench.archive));
}

TEST_CASE("a file that was only touched is unchanged, and not looked at again") {
  const Bench bench;
  bench.write("a.txt", "Talks open");
  REQUIRE(bench.index().status == 0);
  const std::string before = bench.dump();
  REQUIRE(chmod((bench.archive + "/a.txt").c_str(), 0600) == 0);
  CHECK_THAT(bench.index({"--dry-run"}).out, Catch::Contains("check 1,"));
  CHECK_THAT(bench.index().out, Catch::StartsWith("nothing to do, unchanged 1 articles"));
  CHECK_THAT(bench.index({"--dry-run"}).out, Catch::Contains("check 0,"));
  CHECK(bench.dump() == before);
}

TEST_CASE("--verify-files reads every file, also those that failed before") {
  const Bench bench;
  bench.write("a.txt", "Talks open");
  write_file(bench.folder / "archive/bad.txt", "none\n");
  REQUIRE(bench.index().status == 1);
  const Outcome planned = bench.index({"--dry-run", "--verify-files", "--verbose"});
  CHECK(planned.out == fmt::format("check {0}/a.txt\nadd {0}/bad.txt\nwould add 1, check 1, move 0, remove 0; unchanged 0 articles\n", bench.archive));
  const Outcome verified = bench.index({"--verify-files"});
  CHECK_THAT(verified.out, Catch::StartsWith("failed 1, unchanged 1 articles"));
}

TEST_CASE("a signal ends the waiting of --verify-files at once") {
  const Bench bench;
  for (int i = 0; i < 4; ++i) bench.write(fmt::format("{}.txt", i), std::string(1'000'000, 'x'));
  REQUIRE(bench.index().status == 0);
  // A megabyte in a thousand seconds: only the signal ends this run.
  const Outcome stopped = run_and_signal("dateline-index", {"--db", bench.database, "--verify-files", "--verify-rate", "0.001", bench.archive}, SIGTERM, 0.5);
  CHECK(stopped.status == 143);
  CHECK(bench.index().status == 0);
}

TEST_CASE("--verify-rate is a number of megabytes, of --verify-files only") {
  const Bench bench;
  CHECK_THAT(bench.index({"--verify-files", "--verify-rate", "0"}).err, Catch::Contains("--verify-rate 0: not between"));
  const Outcome alone = bench.index({"--verify-rate", "5"});
  CHECK(alone.status == 2);
  CHECK_THAT(alone.err, Catch::Contains("--verify-rate goes with --verify-files only"));
}
