// What dateline-index and dateline-query make of what they may not read or write. Root may, so root
// cannot try it: tests/run.sh runs these tests a second time as an ordinary user.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kAsUser = "root may read and write everything";

void allow(const fs::path& path, unsigned mode) {
  fs::permissions(path, static_cast<fs::perms>(mode));
}

// Gives a path its rights back, so that its folder can be removed.
struct Restricted {
  Restricted(fs::path which, unsigned mode)
      : path(std::move(which)), before(fs::status(path).permissions()) {
    allow(path, mode);
  }
  ~Restricted() { restore(); }
  void restore() {
    std::error_code ignored;
    fs::permissions(path, before, ignored);
  }
  fs::path path;
  fs::perms before;
};

struct Bench : Workplace {
  Bench() {
    write("1.txt", "Talks in Oslo.");
    write("2.txt", "Talks in Bergen.");
    write("sub/3.txt", "Talks in Geneva.");
  }
  void write(const std::string& name, const std::string& words) const {
    write_file(folder / ("archive/" + name), article_bytes("2023-03-03", words));
  }
  Outcome index(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--db", database, archive});
    return run("dateline-index", more);
  }
  std::string count(const std::string& query) const {
    return run("dateline-query", {"--db", database, "--count", query}).out;
  }
  std::string dump() const { return run("dateline-index", {"--db", database, "--dump"}).out; }
};

}  // namespace

TEST_CASE(
    "a file that may not be read keeps its article, is named, and is read by the run that may") {
  if (is_root()) return skip(kAsUser);
  const Bench bench;
  REQUIRE(bench.index().status == 0);
  bench.write("1.txt", "Walks in Oslo.");
  bench.write("4.txt", "Walks in Rome.");
  Restricted edited(bench.archive + "/1.txt", 0);
  Restricted fresh(bench.archive + "/4.txt", 0);
  const Outcome first = bench.index();
  CHECK(first.status == 1);
  for (const char* name : {"1.txt", "4.txt"}) {
    CHECK_THAT(first.err, Catch::Contains(fmt::format("unreadable: {}/{}: Permission denied",
                                                      bench.archive, name)));
  }
  CHECK(bench.count("talks") == "3\n");
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats", "--failed"}).out,
             Catch::Contains("unreadable " + bench.archive + "/1.txt"));
  edited.restore();
  fresh.restore();
  CHECK_THAT(bench.index().out, Catch::StartsWith("added 1, updated 1,"));
  CHECK(bench.count("walks") == "2\n");
}

TEST_CASE("a folder below that may not be listed is named, and its articles stay") {
  if (is_root()) return skip(kAsUser);
  const Bench bench;
  REQUIRE(bench.index().status == 0);
  const std::string before = bench.count("");
  for (const unsigned mode : {0u, 0311u}) {  // nothing; entered, but not listed
    {
      const Restricted closed(bench.archive + "/sub", mode);
      const Outcome outcome = bench.index();
      CHECK(outcome.status == 1);
      CHECK_THAT(outcome.err, Catch::Contains(bench.archive + "/sub: cannot be listed"));
      CHECK(bench.index().status == 0);  // known since
      CHECK(bench.count("") == before);
    }
    CHECK(bench.index().status == 0);
  }
  fs::remove(bench.archive + "/sub/3.txt");
  CHECK_THAT(bench.index().out, Catch::StartsWith("removed 1,"));
}

TEST_CASE("the only folder of articles that may not be listed changes nothing") {
  if (is_root()) return skip(kAsUser);
  const Bench bench;
  REQUIRE(bench.index().status == 0);
  const std::string before = bench.dump();
  for (const unsigned mode : {0u, 0311u}) {
    const Restricted closed(bench.archive, mode);
    const Outcome outcome = bench.index();
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains(bench.archive));
    CHECK(bench.dump() == before);
  }
}

TEST_CASE(
    "an index that may be read only answers, and a run says what it may not write and changes "
    "nothing") {
  if (is_root()) return skip(kAsUser);
  const Bench bench;
  REQUIRE(bench.index().status == 0);
  const std::string before = bench.dump();
  bench.write("4.txt", "Talks in Rome.");
  std::vector<fs::path> all{bench.database};
  for (const auto& entry : fs::recursive_directory_iterator(bench.database))
    all.push_back(entry.path());
  for (const auto& path : all) allow(path, fs::is_directory(path) ? 0555 : 0444);
  CHECK(bench.count("talks") == "3\n");
  CHECK(bench.dump() == before);
  for (const char* option : {"--quiet", "--rebuild"}) {
    const Outcome outcome = bench.index({option});
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains(bench.database));
  }
  CHECK(bench.count("talks") == "3\n");
  for (const auto& path : all) allow(path, fs::is_directory(path) ? 0755 : 0644);
  CHECK_THAT(bench.index().out, Catch::StartsWith("added 1,"));
}

TEST_CASE("an index that may not be read is an error, never no hits") {
  if (is_root()) return skip(kAsUser);
  const Bench bench;
  REQUIRE(bench.index().status == 0);
  for (const std::string& path : {bench.database, bench.database + "/gen-000001"}) {
    const Restricted closed(path, 0);
    const Outcome outcome = run("dateline-query", {"--db", bench.database, "talks"});
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK(bench.index().status == 3);
  }
  CHECK(bench.count("talks") == "3\n");
}

TEST_CASE("a lock file that may not be read stops a run, not a search") {
  if (is_root()) return skip(kAsUser);
  const Bench bench;
  REQUIRE(bench.index().status == 0);
  {
    const Restricted closed(bench.database + "/lock", 0);
    const Outcome outcome = bench.index();
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains(bench.database + "/lock: Permission denied"));
    CHECK(bench.count("talks") == "3\n");
  }
  CHECK(bench.index().status == 0);
}

TEST_CASE("a summary or a list of errors that may not be written does not undo the index") {
  if (is_root()) return skip(kAsUser);
  const Bench bench;
  const fs::path place = bench.folder / "reports";
  fs::create_directory(place);
  const Restricted closed(place, 0555);
  const Outcome outcome = bench.index({"--summary", (place / "summary.json").string()});
  CHECK(outcome.status != 0);
  CHECK_THAT(outcome.err, Catch::Contains((place / "summary.json").string()));
}
