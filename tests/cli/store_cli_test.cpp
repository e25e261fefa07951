// What a run, --compact, --backup and --adopt may do to a database's folder: nothing of another is
// removed, nothing that readers see is lost.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <map>

#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

struct Bench : Workplace {
  explicit Bench(int articles = 3) {
    for (int i = 0; i < articles; ++i) {
      write_file(folder / fmt::format("archive/{}.txt", i),
                 article_bytes(
                     fmt::format("2023-03-{:02}", i % 28 + 1),
                     fmt::format("Talks {} go on\n\n\"We met {} times,\" said Anna Lind in Oslo.",
                                 i, i * 7)));
    }
    REQUIRE(index().status == 0);
  }
  Outcome index() const { return run("dateline-index", {"--db", database, archive}); }
  Outcome on_database(std::vector<std::string> more) const {
    more.insert(more.end(), {"--db", database});
    return run("dateline-index", more);
  }
  std::string dump() const { return on_database({"--dump"}).out; }
  std::string copy() const { return (folder / "copy.db").string(); }
  fs::path in_database(const std::string& name) const { return fs::path(database) / name; }
  std::string stub() const { return read_file(in_database("XAPIANDB")); }
};

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& item : fs::directory_iterator(folder))
    names.push_back(item.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace

TEST_CASE("links and files that have the name of a generation are neither followed nor removed") {
  const Bench bench;
  write_file(bench.folder / "mine/thesis.txt", "mine");
  write_file(bench.in_database("notes.txt"), "mine");
  write_file(bench.in_database("gen-000005"), "a file");
  fs::create_symlink("gen-000007", bench.in_database("gen-000007"));
  fs::create_symlink(bench.folder / "mine", bench.in_database("gen-000008"));
  write_file(bench.in_database("gen-000009/thesis.txt"), "mine");
  write_file(bench.in_database("gen-12/thesis.txt"), "mine");
  write_file(bench.in_database("gen-new/thesis.txt"), "mine");
  for (const std::vector<std::string>& call :
       {std::vector<std::string>{"--rebuild", bench.archive}, {"--compact"}, {bench.archive}}) {
    const Outcome outcome = bench.on_database(call);
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.err,
               Catch::Contains("warning: ") && Catch::Contains("gen-000009: holds \"thesis.txt\""));
    CHECK(bench.on_database({"--check"}).status == 0);
  }
  CHECK(bench.stub() == "auto gen-000011\n");
  CHECK(names_in(bench.database) == std::vector<std::string>{"XAPIANDB", "gen-000005", "gen-000007",
                                                             "gen-000008", "gen-000009",
                                                             "gen-000011", "gen-12", "gen-new",
                                                             "lock", "notes.txt", "runs.jsonl"});
  CHECK(read_file(bench.folder / "mine/thesis.txt") == "mine");
  CHECK(read_file(bench.in_database("gen-000009/thesis.txt")) == "mine");
}

TEST_CASE("a folder of another is no database, whatever a file in it is called") {
  const Bench bench;
  for (const auto& [name, text] :
       std::vector<std::pair<std::string, std::string>>{{"lock", "the lock of my canal boat"},
                                                        {"gen-000001/thesis.txt", "mine"},
                                                        {"gen-000001", "mine"},
                                                        {"XAPIANDB", "mine"},
                                                        {"XAPIANDB.new/x", "mine"},
                                                        {"thesis.txt", "mine"}}) {
    const fs::path foreign = bench.folder / "foreign";
    write_file(foreign / name, text);
    const auto before = names_in(foreign);
    for (const std::vector<std::string>& call :
         {std::vector<std::string>{bench.archive}, {"--rebuild", bench.archive}}) {
      auto all = call;
      all.insert(all.end(), {"--db", foreign.string()});
      const Outcome outcome = run("dateline-index", all);
      INFO(name << ": " << outcome.err);
      CHECK(outcome.status == 3);
      CHECK(names_in(foreign) == before);
      CHECK(read_file(foreign / name) == text);
    }
    fs::remove_all(foreign);
  }
}

TEST_CASE("a lock that is a link, a FIFO or another's file is left as it is") {
  const Bench bench;
  write_file(bench.folder / "precious.txt", "mine");
  const fs::path lock = bench.in_database("lock");
  const std::string before = bench.dump();
  const auto refused = [&](const char* what) {
    const Outcome outcome =
        run_tool("timeout", {"10", "env", "DATELINE_DATA=" + data_folder().string(),
                             index_program(), "--db", bench.database, bench.archive});
    INFO(what << ": " << outcome.err);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains("lock: is no lock of a run"));
    CHECK(read_file(bench.folder / "precious.txt") == "mine");
    fs::remove(lock);
  };
  fs::remove(lock);
  fs::create_symlink(bench.folder / "precious.txt", lock);
  refused("link");
  fs::create_symlink(bench.folder / "new.txt", lock);
  refused("link to nothing");
  CHECK_FALSE(fs::exists(bench.folder / "new.txt"));
  fs::create_hard_link(bench.folder / "precious.txt", lock);
  refused("second name");
  REQUIRE(mkfifo(lock.c_str(), 0600) == 0);
  refused("FIFO");
  write_file(lock, "the lock of my canal boat");
  refused("text");
  CHECK(bench.index().status == 0);
  CHECK(bench.dump() == before);
}

TEST_CASE("a lost stub: no run begins anew, --adopt goes on with the newest whole generation") {
  const Bench bench;
  write_file(bench.folder / "aliases.txt", "anna lind\tAnna Lind-Berg\n");
  REQUIRE(bench.on_database({"--aliases", (bench.folder / "aliases.txt").string()}).status == 0);
  const std::string before = bench.dump();
  fs::copy(bench.in_database("gen-000001"), bench.in_database("gen-000002"),
           fs::copy_options::recursive);
  fs::resize_file(bench.in_database("gen-000002/docdata.glass"), 0);
  fs::remove(bench.in_database("XAPIANDB"));
  const auto there = names_in(bench.database);
  for (const std::vector<std::string>& call : {std::vector<std::string>{bench.archive},
                                               {"--rebuild", bench.archive},
                                               {"--dry-run", bench.archive}}) {
    const Outcome outcome = bench.on_database(call);
    INFO(call.front() << ": " << outcome.err);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err,
               Catch::Contains("gen-000001 (3 articles)") && Catch::Contains("--adopt"));
    CHECK(names_in(bench.database) == there);
  }
  for (const auto& program : {"dateline-index", "dateline-query"}) {
    const Outcome outcome = run(
        program,
        {"--db", bench.database, program == std::string("dateline-query") ? "talks" : "--stats"});
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains("--adopt"));
  }
  const Outcome adopted = bench.on_database({"--adopt"});
  CHECK(adopted.status == 0);
  CHECK(adopted.out == "gen-000001 is the index again, 3 articles\n");
  CHECK_THAT(adopted.err, Catch::Contains("gen-000002: "));
  CHECK(bench.stub() == "auto gen-000001\n");
  CHECK(bench.dump() == before);
  const Outcome again = bench.on_database({"--adopt"});
  CHECK(again.status == 3);
  CHECK_THAT(again.err, Catch::Contains("XAPIANDB names gen-000001 already"));
  CHECK_THAT(bench.index().out, Catch::StartsWith("nothing to do"));
}

TEST_CASE("a lost stub beside files of others: the generation is named, --adopt goes on with it") {
  const Bench bench;
  const std::string before = bench.dump();
  write_file(bench.in_database("notes.txt"), "mine");
  fs::remove(bench.in_database("XAPIANDB"));
  const auto there = names_in(bench.database);
  for (const std::vector<std::string>& call :
       {std::vector<std::string>{bench.archive}, {"--rebuild", bench.archive}}) {
    const Outcome outcome = bench.on_database(call);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains("gen-000001 (3 articles)") &&
                                Catch::Contains("--adopt") &&
                                !Catch::Contains("no Dateline index"));
    CHECK(names_in(bench.database) == there);
  }
  CHECK(bench.on_database({"--adopt"}).status == 0);
  CHECK(bench.dump() == before);
  CHECK(read_file(bench.in_database("notes.txt")) == "mine");
}

TEST_CASE("nothing is adopted where no generation is whole") {
  const Bench bench;
  fs::remove(bench.in_database("XAPIANDB"));
  SECTION("damaged") { fs::remove(bench.in_database("gen-000001/position.glass")); }
  SECTION("not finished") { write_file(bench.in_database("gen-000001/unfinished.tmp"), ""); }
  SECTION("a link") {
    fs::rename(bench.in_database("gen-000001"), bench.folder / "elsewhere");
    fs::create_symlink(bench.folder / "elsewhere", bench.in_database("gen-000001"));
  }
  SECTION("none") { fs::remove_all(bench.in_database("gen-000001")); }
  const Outcome outcome = bench.on_database({"--adopt"});
  INFO(outcome.err);
  CHECK(outcome.status == 3);
  CHECK_FALSE(fs::exists(bench.in_database("XAPIANDB")));
}

TEST_CASE("a first run killed before it published anything is continued without help") {
  const Bench bench;
  fs::remove(bench.in_database("XAPIANDB"));
  fs::remove_all(bench.in_database("gen-000001"));
  SECTION("folder only") { fs::create_directory(bench.in_database("gen-000001")); }
  SECTION("no version file") {
    write_file(bench.in_database("gen-000001/flintlock"), "");
    write_file(bench.in_database("gen-000001/postlist.glass"), "");
  }
  SECTION("stub not renamed") { write_file(bench.in_database("XAPIANDB.new"), "auto gen"); }
  const Outcome outcome = bench.index();
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(bench.on_database({"--check"}).status == 0);
  CHECK(names_in(bench.database) ==
        std::vector<std::string>{"XAPIANDB", bench.stub().substr(5, 10), "lock", "runs.jsonl"});
}

TEST_CASE("a backup into the database itself is refused, however it is named") {
  const Bench bench;
  fs::create_symlink(bench.database, bench.folder / "link");
  fs::create_directory(bench.in_database("gen-000009"));
  const auto before = names_in(bench.database);
  for (const std::string& target :
       {bench.database, bench.database + "/gen-000002", bench.database + "/gen-000009",
        bench.database + "/a/b", bench.database + "/../index.db/c",
        (bench.folder / "link/gen-000002").string(), bench.database + "/gen-000001/d",
        (bench.folder / "link").string()}) {
    const Outcome outcome = bench.on_database({"--backup", target});
    INFO(target << ": " << outcome.err);
    CHECK(outcome.status == 3);
    CHECK(names_in(bench.database) == before);
  }
}

TEST_CASE("a backup that failed or was killed is done again; what it found is as it was") {
  const Bench bench(60);
  const auto retried = [&] {
    const Outcome outcome = bench.on_database({"--backup", bench.copy()});
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(run("dateline-index", {"--db", bench.copy(), "--dump"}).out == bench.dump());
    CHECK(names_in(bench.copy()) == std::vector<std::string>{"XAPIANDB", "gen-000001"});
  };
  SECTION("no room, in a new folder below new folders") {
    CHECK(run_with_file_limit("dateline-index",
                              {"--db", bench.database, "--backup", bench.copy() + "/a/b"}, 20'000)
              .status == 3);
    CHECK_FALSE(fs::exists(bench.copy()));
    retried();
  }
  SECTION("no room, in an empty folder") {
    fs::create_directory(bench.copy());
    CHECK(run_with_file_limit("dateline-index", {"--db", bench.database, "--backup", bench.copy()},
                              20'000)
              .status == 3);
    CHECK(names_in(bench.copy()).empty());
    retried();
  }
  SECTION("killed before anything was written") {
    fs::create_directories(bench.copy() + "/gen-000001");
    retried();
  }
  SECTION("killed while it wrote") {
    write_file(bench.copy() + "/gen-000001/unfinished.tmp", "");
    write_file(bench.copy() + "/gen-000001/postlist.glass", "half");
    retried();
  }
  SECTION("killed before the stub") {
    REQUIRE(bench.on_database({"--backup", bench.copy()}).status == 0);
    fs::remove(bench.copy() + "/XAPIANDB");
    write_file(bench.copy() + "/gen-000001/unfinished.tmp", "");
    write_file(bench.copy() + "/XAPIANDB.new", "auto gen-00");
    retried();
  }
  SECTION("failed between the tables and the stub") {
    write_file(bench.copy() + "/XAPIANDB.new", "auto gen-00");
    retried();
  }
  SECTION("what another left is kept") {
    for (const char* name : {"/gen-000001/unfinished.tmp", "/gen-000001/thesis.txt"})
      write_file(bench.copy() + name, "");
    const Outcome outcome = bench.on_database({"--backup", bench.copy()});
    INFO(outcome.err);
    CHECK(outcome.status == 3);
    CHECK(fs::exists(bench.copy() + "/gen-000001/thesis.txt"));
  }
}

TEST_CASE("a removed article's text and path are not in a backup's files") {
  Bench bench;
  write_file(bench.folder / "archive/1-secret-path.txt",
             article_bytes("2023-03-09", "Qwxyzzy\n\nThe embargoed zyxwvutsq was named."));
  REQUIRE(bench.index().status == 0);
  fs::remove(bench.folder / "archive/1-secret-path.txt");
  REQUIRE(bench.index().status == 0);
  REQUIRE(bench.on_database({"--backup", bench.copy()}).status == 0);
  for (const auto& item : fs::directory_iterator(bench.copy() + "/gen-000001")) {
    const std::string bytes = read_file(item.path());
    for (const char* word : {"qwxyzzy", "Qwxyzzy", "zyxwvutsq", "1-secret-path"}) {
      INFO(item.path().string() << ' ' << word);
      CHECK(bytes.find(word) == std::string::npos);
    }
  }
}

TEST_CASE("an index with a table missing is neither compacted nor copied") {
  const Bench bench;
  for (const char* table :
       {"position.glass", "docdata.glass", "termlist.glass", "postlist.glass"}) {
    const fs::path file = bench.in_database(std::string("gen-000001/") + table);
    fs::rename(file, bench.folder / "table");
    const Outcome compacted = bench.on_database({"--compact"});
    const Outcome copied = bench.on_database({"--backup", bench.copy()});
    INFO(table << ": " << compacted.err << copied.err);
    CHECK(compacted.status == 3);
    CHECK(copied.status == 3);
    CHECK_FALSE(fs::exists(bench.copy()));
    CHECK(bench.stub() == "auto gen-000001\n");
    fs::rename(bench.folder / "table", file);
  }
  CHECK(names_in(bench.database) ==
        std::vector<std::string>{"XAPIANDB", "gen-000001", "lock", "runs.jsonl"});
  CHECK(bench.on_database({"--check"}).status == 0);
}

namespace {

// Name and bytes of each file below.
std::map<std::string, std::string> contents_of(const fs::path& folder) {
  std::map<std::string, std::string> contents;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    if (item.is_regular_file()) contents[item.path().string()] = read_file(item.path());
  }
  return contents;
}

}  // namespace

TEST_CASE(
    "a copy of an index by hard links (cp -al) stays as it was, whatever is done to the index") {
  const Bench bench;
  REQUIRE(run_tool("cp", {"-al", bench.database, bench.copy()}).status == 0);
  const auto before = contents_of(bench.copy());
  write_file(bench.folder / "archive/new.txt", article_bytes("2023-03-09", "One more\n\nText."));
  CHECK(bench.index().status == 0);
  CHECK(contents_of(bench.copy()) == before);
  CHECK_THAT(bench.dump(), Catch::Contains("documents 4 "));
  for (const std::string& index : {bench.database, bench.copy()}) {
    CHECK(run("dateline-index", {"--db", index, "--check"}).status == 0);
  }
  fs::remove(bench.folder / "archive/new.txt");
  CHECK(bench.index().status == 0);
  CHECK(bench.on_database({"--compact"}).status == 0);
  CHECK(bench.on_database({"--rebuild", bench.archive}).status == 0);
  CHECK(contents_of(bench.copy()) == before);
}

TEST_CASE("a stub that names what is gone is a lost stub: nothing is removed, --adopt goes on") {
  const Bench bench;
  const std::string dump = bench.dump();
  write_file(bench.in_database("XAPIANDB"), "auto gen-000042\n");
  for (const std::vector<std::string>& call : {std::vector<std::string>{"--rebuild", bench.archive},
                                               {bench.archive},
                                               {"--compact"},
                                               {"--check"}}) {
    const Outcome outcome = bench.on_database(call);
    INFO(call.front() << ": " << outcome.err);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.err, Catch::Contains("gen-000042"));
    CHECK(fs::exists(bench.in_database("gen-000001/iamglass")));
  }
  CHECK_THAT(bench.index().err,
             Catch::Contains("gen-000001 (3 articles)") && Catch::Contains("--adopt"));
  CHECK(bench.on_database({"--adopt"}).status == 0);
  CHECK(bench.dump() == dump);
}

TEST_CASE(
    "a whole generation beside a damaged index is kept until nothing was lost, and can be "
    "adopted") {
  const Bench bench;
  const std::string before = bench.dump();
  fs::copy(bench.in_database("gen-000001"), bench.in_database("gen-000002"));
  const fs::path table = bench.in_database("gen-000001/docdata.glass");
  const std::string sound = read_file(table);
  SECTION("--compact and --rebuild of a damaged one") {
    fs::remove(bench.folder / "archive/0.txt");
    write_file(table, std::string(sound.size(), '\xff'));
    CHECK(bench.on_database({"--compact"}).status == 3);
    CHECK(fs::exists(bench.in_database("gen-000002/iamglass")));
    const Outcome rebuilt = bench.on_database({"--rebuild", bench.archive});
    INFO(rebuilt.err);
    CHECK(rebuilt.status == 1);
    CHECK_THAT(rebuilt.err, Catch::Contains("gen-000002, an index beside the old one, is kept as " +
                                            bench.in_database("spare-gen-000002").string()));
    CHECK(bench.index().status == 0);
    fs::rename(bench.in_database("spare-gen-000002"), bench.in_database("gen-000009"));
    fs::remove(bench.in_database("XAPIANDB"));
    CHECK(bench.on_database({"--adopt"}).status == 0);
    CHECK(bench.dump() == before);
  }
  SECTION("--rebuild that loses nothing") {
    CHECK(bench.on_database({"--rebuild", bench.archive}).status == 0);
    CHECK_FALSE(fs::exists(bench.in_database("gen-000002")));
    CHECK_FALSE(fs::exists(bench.in_database("spare-gen-000002")));
  }
}

TEST_CASE("what is mounted in the place of a generation, or of a file of one, is left whole") {
  const Bench bench;
  const fs::path folder = bench.in_database("gen-000007");
  const fs::path file = bench.in_database("gen-000009/postlist.glass");
  REQUIRE(run_tool("cp", {"-a", (bench.in_database("gen-000001")).string(),
                          (bench.folder / "mine").string()})
              .status == 0);
  const auto before = contents_of(bench.folder / "mine");
  fs::create_directory(folder);
  write_file(file, "");
  write_file(file.parent_path() / "iamglass", "mine");
  if (mount((bench.folder / "mine").c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    return skip("no mount allowed here");
  }
  CHECK(mount((bench.folder / "mine/postlist.glass").c_str(), file.c_str(), nullptr, MS_BIND,
              nullptr) == 0);
  const Outcome outcome = bench.on_database({"--rebuild", bench.archive});
  CHECK(outcome.status == 0);
  CHECK(umount(folder.c_str()) == 0);
  CHECK(umount(file.c_str()) == 0);
  CHECK_THAT(outcome.err, Catch::Contains("gen-000007: something is mounted there") &&
                              Catch::Contains("something is mounted on \"postlist.glass\""));
  CHECK(contents_of(bench.folder / "mine") == before);
  CHECK(read_file(file.parent_path() / "iamglass") == "mine");
}

TEST_CASE("a folder named as a generation is left whole when anything in it is none of an index") {
  const Bench bench;
  for (const char* name : {"thesis.tmp", "mine.glass", "spelling.glass.bak"}) {
    write_file(bench.in_database(fmt::format("gen-000007/{}", name)), "mine");
    write_file(bench.in_database("gen-000007/iamglass"), "mine");
    const Outcome outcome = bench.index();
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.err, Catch::Contains(fmt::format("gen-000007: holds \"{}\"", name)));
    CHECK(names_in(bench.in_database("gen-000007")).size() == 2);
    fs::remove_all(bench.in_database("gen-000007"));
  }
}

TEST_CASE("a generation's number that cannot be counted on from is said, and the index goes on") {
  const Bench bench;
  write_file(bench.in_database("gen-999999999999999999/keep"), "mine");
  const Outcome rebuilt = bench.on_database({"--rebuild", bench.archive});
  CHECK(rebuilt.status == 3);
  CHECK_THAT(rebuilt.err, Catch::Contains("no number after gen-999999999999999999"));
  CHECK(bench.index().status == 0);
  CHECK(bench.on_database({"--check"}).status == 0);
}

TEST_CASE("want of descriptors is no damage, neither to a run nor to --health") {
#ifdef DATELINE_SANITIZED
  return skip("UndefinedBehaviorSanitizer needs descriptors of its own");
#endif
  const Bench bench;
  for (const int most : {5, 6, 7, 8}) {
    const auto limited = [&](const std::string& arguments) {
      return run_tool("sh", {"-c", fmt::format("ulimit -n {}; DATELINE_DATA={} exec {} --db {} {}",
                                               most, data_folder().string(), index_program(),
                                               bench.database, arguments)});
    };
    const Outcome indexed = limited(bench.archive);
    CHECK(indexed.status == 3);
    CHECK_THAT(indexed.err, Catch::Contains("Too many open files") && !Catch::Contains("damage"));
    CHECK_THAT(limited("--health").out, !Catch::Contains("damage"));
  }
}

TEST_CASE("the advice for a generation with something strange in it can be followed") {
  const Bench bench;
  REQUIRE(mkfifo(bench.in_database("gen-000001/pipe").c_str(), 0600) == 0);
  const Outcome outcome = bench.index();
  CHECK(outcome.status == 3);
  CHECK_THAT(outcome.err, Catch::Contains("pipe: is no regular file") &&
                              Catch::Contains("move away what is not of an index"));
  CHECK_THAT(outcome.err, !Catch::Contains("--adopt") && !Catch::Contains("--rebuild"));
  fs::remove(bench.in_database("gen-000001/pipe"));
  CHECK(bench.index().status == 0);
}

TEST_CASE("what is wrong with a stub is told whole") {
  const Bench bench;
  write_file(bench.in_database("XAPIANDB"), std::string("auto gen-000001\0\n", 17));
  CHECK_THAT(bench.index().err, Catch::Contains("names no generation of a Dateline index"));
  write_file(bench.in_database("XAPIANDB"), "auto gen-000001\nauto gen-000001\n");
  CHECK_THAT(bench.index().err, Catch::Contains("has more than its line"));
}

TEST_CASE(
    "an unfinished rebuild with a FIFO, a link or nothing in the place of a table is begun anew") {
  const Bench bench;
  for (const char* what : {"FIFO", "link", "nothing"}) {
    REQUIRE(bench.on_database({"--rebuild", "--time-limit", "0", bench.archive}).status == 4);
    fs::path unfinished;
    for (const auto& item : fs::directory_iterator(bench.database)) {
      const std::string name = item.path().filename().string();
      if (name.starts_with("gen-") && "auto " + name + "\n" != bench.stub())
        unfinished = item.path();
    }
    REQUIRE_FALSE(unfinished.empty());
    fs::remove(unfinished / "position.glass");
    if (*what == 'F') REQUIRE(mkfifo((unfinished / "position.glass").c_str(), 0600) == 0);
    if (*what == 'l') fs::create_symlink("/dev/zero", unfinished / "position.glass");
    const Outcome outcome =
        run_tool("timeout", {"30", "env", "DATELINE_DATA=" + data_folder().string(),
                             index_program(), "--db", bench.database, "--rebuild", bench.archive});
    CAPTURE(what, outcome.err);
    CHECK(outcome.status == 0);
    CHECK(bench.on_database({"--check"}).status == 0);
    CHECK_FALSE(fs::is_fifo(unfinished / "position.glass"));
  }
}
