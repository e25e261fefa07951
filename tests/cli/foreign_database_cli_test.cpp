// A database may come from somebody else: it is data, and nothing in it is ever run, followed or
// waited for.
#include <fmt/format.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

struct Bench : Workplace {
  Bench() {
    write_file(folder / "archive/a.txt",
               article_bytes("2023-03-01", "Talks go on\n\n\"We met,\" said Anna Lind in Oslo."));
    write_file(folder / "aliases.txt", "anna lind\tAnna Lind-Berg\n");
    REQUIRE(run("dateline-index", {"--db", database, archive}).status == 0);
    write_file(folder / "trap", fmt::format("#!/bin/sh\ntouch {}\n", mark.string()));
    fs::permissions(folder / "trap", fs::perms::owner_all);
  }

  // Each action of dateline-index, and the searches, of which one is what completion asks.
  std::vector<std::pair<std::string, std::vector<std::string>>> calls() const {
    const std::string aliases = (folder / "aliases.txt").string();
    return {{"dateline-index", {archive}},
            {"dateline-index", {"--dry-run", archive}},
            {"dateline-index", {"--rebuild", archive}},
            {"dateline-index", {"--aliases", aliases}},
            {"dateline-index", {"--preview-aliases", aliases}},
            {"dateline-index", {"--stats"}},
            {"dateline-index", {"--stats", "--failed"}},
            {"dateline-index", {"--audit"}},
            {"dateline-index", {"--dump"}},
            {"dateline-index", {"--check"}},
            {"dateline-index", {"--compact"}},
            {"dateline-index", {"--backup", (folder / "copy").string()}},
            {"dateline-query", {"talks"}},
            {"dateline-query", {"--limit", "0", "--facet", "speaker:50", "--format", "paths"}},
            {"dateline-query", {"--show", archive + "/a.txt"}}};
  }

  void expect_refused(const std::string& what, const std::string& words) const {
    for (const auto& [program, arguments] : calls()) {
      std::vector<std::string> all{
          "10", program == "dateline-index" ? index_program() : query_program(), "--db", database};
      all.insert(all.end(), arguments.begin(), arguments.end());
      const Outcome outcome = run_tool("timeout", all);
      INFO(what << ": " << program << ' ' << arguments.front() << ": " << outcome.out
                << outcome.err);
      CHECK(outcome.status == 3);
      CHECK_THAT(outcome.err, Catch::Contains(words));
      CHECK_FALSE(fs::exists(mark));
      CHECK_FALSE(fs::exists(folder / "copy/XAPIANDB"));
    }
  }

  fs::path stub() const { return fs::path(database) / "XAPIANDB"; }
  fs::path generation() const { return fs::path(database) / "gen-000001"; }
  fs::path mark = folder / "was-run";
};

}  // namespace

TEST_CASE(
    "a stub that is not one line of ours is refused by every action, and no program it names is "
    "run") {
  const Bench bench;
  const std::string trap = (bench.folder / "trap").string();
  fs::copy(bench.database, bench.folder / "other", fs::copy_options::recursive);
  write_file(bench.folder / "index.db/remote", fmt::format("remote :{} x\n", trap));
  for (const std::string& line :
       {fmt::format("remote :{} x\n", trap),
        fmt::format("auto gen-000001\nremote :{} x\n", trap),
        fmt::format("remote :{} x\nauto gen-000001\n", trap),
        std::string("auto remote\n"),
        std::string("auto gen-000001/../remote\n"),
        std::string("auto gen-../gen-000001\n"),
        std::string("auto gen-000001 \n"),
        std::string(" auto gen-000001\n"),
        std::string("auto gen-000001\r\n"),
        std::string("glass gen-000001\n"),
        std::string("gen-000001\n"),
        std::string("auto gen-1\n"),
        std::string("inmemory\n"),
        std::string("remote localhost:1\n"),
        std::string("auto ../other\n"),
        fmt::format("auto {}\n", (bench.folder / "other/gen-000001").string()),
        std::string("\n"),
        std::string(),
        std::string("auto gen-000001\n\n"),
        std::string("auto gen-000001\0\n", 17),
        "auto gen-" + std::string(300, '0')}) {
    write_file(bench.stub(), line);
    bench.expect_refused(line, "XAPIANDB: ");
    CHECK(fs::exists(bench.generation() / "iamglass"));
  }
}

TEST_CASE("a stub that is a link, a FIFO or a folder is refused at once") {
  const Bench bench;
  fs::rename(bench.stub(), bench.folder / "stub");
  fs::create_symlink(bench.folder / "stub", bench.stub());
  bench.expect_refused("link", "XAPIANDB: is no regular file");
  fs::remove(bench.stub());
  REQUIRE(mkfifo(bench.stub().c_str(), 0600) == 0);
  bench.expect_refused("FIFO", "XAPIANDB: is no regular file");
  fs::remove(bench.stub());
  fs::create_directory(bench.stub());
  bench.expect_refused("folder", "XAPIANDB: is no regular file");
}

TEST_CASE("a generation that is a link, a stub or holds one is refused, and no program is run") {
  const Bench bench;
  const std::string remote = fmt::format("remote :{} x\n", (bench.folder / "trap").string());
  SECTION("a link") {
    fs::rename(bench.generation(), bench.folder / "elsewhere");
    fs::create_symlink(bench.folder / "elsewhere", bench.generation());
    bench.expect_refused("link", "gen-000001: is no folder");
  }
  SECTION("a stub") {
    fs::remove_all(bench.generation());
    write_file(bench.generation(), remote);
    bench.expect_refused("stub", "gen-000001: is no folder");
  }
  SECTION("a stub inside") {
    write_file(bench.generation() / "XAPIANDB", remote);
    bench.expect_refused("stub inside", "gen-000001/XAPIANDB: no stub belongs inside a generation");
  }
  SECTION("only a stub inside") {
    fs::remove_all(bench.generation());
    write_file(bench.generation() / "XAPIANDB", remote);
    bench.expect_refused("only a stub inside",
                         "gen-000001/XAPIANDB: no stub belongs inside a generation");
  }
  SECTION("a table that is a FIFO") {
    fs::remove(bench.generation() / "iamglass");
    REQUIRE(mkfifo((bench.generation() / "iamglass").c_str(), 0600) == 0);
    bench.expect_refused("FIFO", "iamglass: is no regular file");
  }
}
