#include "indexer/run/index_run.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "common/error.h"
#include "indexer/care/index_check.h"
#include "indexer/database/generation.h"
#include "indexer/database/run_lock.h"
#include "tests/indexer/index_bench.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

TEST_CASE("a run adds, a second one changes nothing and says so") {
  IndexBench bench;
  for (int i = 0; i < 5; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  const RunReport first = bench.run();
  CHECK(first.added == 5);
  CHECK(first.documents == 5);
  const std::string before = dump(bench.database);
  const RunReport second = bench.run();
  CHECK(second.added + second.updated + second.removed == 0);
  CHECK(second.unchanged == 5);
  CHECK(summary(second).starts_with("nothing to do, unchanged 5 articles in "));
  CHECK(dump(bench.database) == before);
}

TEST_CASE("edited, added, deleted and touched files are seen for what they are") {
  IndexBench bench;
  for (int i = 0; i < 5; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  write_file(bench.archive / "1.txt", story(40));
  write_file(bench.archive / "new/9.txt", story(9));
  fs::remove(bench.archive / "2.txt");
  fs::last_write_time(bench.archive / "3.txt",
                      fs::file_time_type::clock::now() - std::chrono::hours(5));
  const RunReport report = bench.run();
  CHECK(report.added == 1);
  CHECK(report.updated == 1);
  CHECK(report.removed == 1);
  CHECK(report.unchanged == 3);
  CHECK(dump(bench.database) == bench.dump_from_scratch());
  CHECK(bench.run().unchanged == 5);  // the touched file's new time was stored
}

TEST_CASE("bad files are skipped with a reason and cost nothing else") {
  IndexBench bench;
  write_file(bench.archive / "good.txt", story(1));
  write_file(bench.archive / "nodate.txt", "Talks\n\nText\n");
  write_file(bench.archive / "binary.txt", std::string("\0\1\2", 3));
  const RunReport report = bench.run();
  CHECK(report.added == 1);
  REQUIRE(report.failures.size() == 2);
  CHECK(report.failures[0].reason == BadArticle::not_text);
  CHECK(report.failures[1].reason == BadArticle::no_date);
  CHECK(report.failures[1].path == (bench.archive / "nodate.txt").string());
}

TEST_CASE("an article that is none any more leaves the index") {
  IndexBench bench;
  for (int i = 0; i < 3; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  write_file(bench.archive / "1.txt", "spoilt");
  const RunReport report = bench.run();
  CHECK(report.removed == 1);
  CHECK(report.documents == 2);
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("a vanished folder and a mass removal stop the run with nothing changed") {
  IndexBench bench;
  for (int i = 0; i < 150; ++i) write_file(bench.archive / fmt::format("{:03}.txt", i), story(i));
  bench.run();
  const std::string before = dump(bench.database);
  for (int i = 0; i < 120; ++i) fs::remove(bench.archive / fmt::format("{:03}.txt", i));
  CHECK_THROWS_WITH(bench.run(), Catch::Contains("120 of 150 indexed articles are gone"));
  fs::rename(bench.archive, bench.folder / "unmounted");
  CHECK_THROWS_WITH(bench.run(), Catch::Contains("no such folder"));
  fs::create_directory(bench.archive);
  CHECK_THROWS_WITH(bench.run(), Catch::Contains("holds no article"));
  CHECK(dump(bench.database) == before);
  fs::remove(bench.archive);
  fs::rename(bench.folder / "unmounted", bench.archive);
  CHECK(bench.run(false, {120}).removed == 120);
}

TEST_CASE("articles outside the scanned folders stay") {
  IndexBench bench;
  write_file(bench.archive / "1.txt", story(1));
  write_file(bench.folder / "more/2.txt", story(2));
  run_index({.database = bench.database, .folders = {bench.archive, bench.folder / "more"}},
            extractor());
  fs::remove(bench.folder / "more/2.txt");
  const RunReport report = bench.run();
  CHECK(report.elsewhere == 1);
  CHECK(report.documents == 2);
}

TEST_CASE("a rebuild is a new generation with the same content") {
  IndexBench bench;
  for (int i = 0; i < 5; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  const std::string before = dump(bench.database);
  CHECK(current_generation(bench.database) == "gen-000001");
  const RunReport report = bench.run(true);
  CHECK(report.rebuild == Rebuild::done);
  CHECK(report.added == 5);
  CHECK(current_generation(bench.database) == "gen-000002");
  CHECK_FALSE(fs::exists(bench.database / "gen-000001"));
  CHECK(dump(bench.database) == before);
}

TEST_CASE("a rebuild that is stopped leaves the old index and goes on in the next run") {
  IndexBench bench;
  for (int i = 0; i < 5; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  const std::string before = dump(bench.database);
  const auto stop = [](std::uint64_t done, std::uint64_t) { return done < 2; };
  const RunReport rebuilt = run_index(
      {.database = bench.database, .folders = {bench.archive}, .rebuild = true, .progress = stop},
      extractor());
  CHECK(rebuilt.rebuild == Rebuild::unfinished);
  CHECK(rebuilt.added == 2);
  CHECK(rebuilt.documents == 5);  // readers see the old index
  CHECK(rebuilt.index_bytes > 0);
  CHECK(current_generation(bench.database) == "gen-000001");
  CHECK(dump(bench.database) == before);
  write_file(bench.archive / "1.txt", story(11));  // written already: changed meanwhile
  fs::remove(bench.archive / "0.txt");
  write_file(bench.archive / "7.txt", story(7));
  std::vector<std::uint64_t> of;
  const auto watch = [&](std::uint64_t, std::uint64_t all) {
    of.push_back(all);
    return true;
  };
  const RunReport next = run_index(
      {.database = bench.database, .folders = {bench.archive}, .progress = watch}, extractor());
  CHECK(next.rebuild == Rebuild::done);
  CHECK(next.updated == 1);
  CHECK(of == std::vector<std::uint64_t>{
                  2, 2, 5, 5, 5, 5, 5});  // the night's two, then all but none of those written
  CHECK(current_generation(bench.database) == "gen-000002");
  CHECK_FALSE(fs::exists(bench.database / "gen-000001"));
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("an update that is stopped keeps what was done") {
  IndexBench bench;
  for (int i = 0; i < 10; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  const auto stop = [](std::uint64_t done, std::uint64_t) { return done < 2; };
  const RunReport updated = run_index(
      {.database = bench.database, .folders = {bench.archive}, .progress = stop}, extractor());
  CHECK(updated.stopped);
  CHECK(updated.documents == 2);
  bench.run();
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("a run that ends in an exception leaves what was committed, sound") {
  IndexBench bench;
  for (int i = 0; i < 5; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  const std::string before = dump(bench.database);
  for (int i = 0; i < 5; ++i)
    write_file(bench.archive / fmt::format("new{}.txt", i),
               article_bytes("2023-05-01", fmt::format("\"No,\" said Person{} Name.", i)));
  for (const bool rebuild : {false, true}) {
    int told = 0;
    const auto fail = [&](std::string_view, const std::string&) {
      if (++told == 3) throw Error("the disk is gone");
    };
    CHECK_THROWS_WITH(run_index({.database = bench.database,
                                 .folders = {bench.archive},
                                 .rebuild = rebuild,
                                 .listener = fail},
                                extractor()),
                      "the disk is gone");
    CHECK(dump(bench.database) == before);
    CHECK(check_invariants(bench.database, [](const std::string&) {}) == 0);
    CHECK_FALSE(fs::exists(bench.database / "gen-000002"));
  }
}

TEST_CASE("a first index made with --rebuild keeps what was done when it is stopped") {
  IndexBench bench;
  for (int i = 0; i < 5; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  const auto stop = [](std::uint64_t done, std::uint64_t) { return done < 2; };
  const RunReport report = run_index(
      {.database = bench.database, .folders = {bench.archive}, .rebuild = true, .progress = stop},
      extractor());
  CHECK(report.stopped);
  CHECK(report.rebuild == Rebuild::none);
  CHECK(bench.run().added == 3);
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("a second run is told who holds the index") {
  IndexBench bench;
  write_file(bench.archive / "1.txt", story(1));
  bench.run();
  const RunLock lock(bench.database);
  CHECK_THROWS_AS(bench.run(), LockedError);
  CHECK_THROWS_WITH(
      bench.run(), Catch::Contains("is being written by process ") && Catch::Contains(" since 20"));
}

TEST_CASE("a folder that holds something else is not taken for a database") {
  IndexBench bench;
  write_file(bench.archive / "1.txt", story(1));
  write_file(bench.database / "thesis.doc", "mine");
  CHECK_THROWS_WITH(bench.run(), Catch::Contains("is no Dateline index and not empty"));
}

TEST_CASE("a moved file keeps its article under the new path") {
  IndexBench bench;
  for (int i = 0; i < 4; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  fs::create_directories(bench.archive / "2023");
  fs::rename(bench.archive / "1.txt", bench.archive / "2023/1.txt");
  std::vector<std::string> told;
  RunRequest request{.database = bench.database, .folders = {bench.archive}};
  request.listener = [&](std::string_view what, const std::string& path) {
    told.push_back(std::string(what) + ' ' +
                   fs::path(path).lexically_relative(bench.archive).string());
  };
  const RunReport report = run_index(request, extractor());
  CHECK(report.moved == 1);
  CHECK(report.added + report.removed + report.updated == 0);
  CHECK(told == std::vector<std::string>{"moved 2023/1.txt"});
  CHECK_THAT(summary(report), Catch::StartsWith("moved 1, unchanged 3 articles in "));
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("another file with a vanished one's size and time is an addition and a removal") {
  IndexBench bench;
  write_file(bench.archive / "1.txt", article_bytes("2023-01-01", "Talks one"));
  write_file(bench.archive / "2.txt", story(2));
  bench.run();
  const auto stamp = fs::last_write_time(bench.archive / "1.txt");
  fs::remove(bench.archive / "1.txt");
  write_file(bench.archive / "3.txt", article_bytes("2023-01-01", "Talks two"));
  fs::last_write_time(bench.archive / "3.txt", stamp);
  const RunReport report = bench.run();
  CHECK(report.moved == 0);
  CHECK(report.added == 1);
  CHECK(report.removed == 1);
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("a bad file is named once and looked at again when it changed or is asked for") {
  IndexBench bench;
  write_file(bench.archive / "good.txt", story(1));
  write_file(bench.archive / "bad.txt", "no date\n");
  CHECK(bench.run().failures.size() == 1);
  const RunReport second = bench.run();
  CHECK(second.failures.empty());
  CHECK(second.failed_before.size() == 1);
  CHECK_THAT(summary(second),
             Catch::StartsWith("nothing to do, still failing 1, unchanged 1 article"));
  CHECK(run_index({.database = bench.database, .folders = {bench.archive}, .retry_failed = true},
                  extractor())
            .failures.size() == 1);
  write_file(bench.archive / "bad.txt", story(2));
  const RunReport mended = bench.run();
  CHECK(mended.added == 1);
  CHECK(mended.failed_before.empty());
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("a dry run says what would be done and changes nothing") {
  IndexBench bench;
  for (int i = 0; i < 3; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  RunRequest request{.database = bench.database, .folders = {bench.archive}};
  CHECK(plan_run(request, extractor()).added == 3);
  CHECK_FALSE(fs::exists(bench.database));
  bench.run();
  const std::string before = dump(bench.database);
  write_file(bench.archive / "1.txt", story(40));
  fs::remove(bench.archive / "2.txt");
  write_file(bench.archive / "3.txt", story(41));
  std::vector<std::string> told;
  request.listener = [&](std::string_view what, const std::string& path) {
    told.push_back(std::string(what) + ' ' + fs::path(path).filename().string());
  };
  const RunReport report = plan_run(request, extractor());
  CHECK(told == std::vector<std::string>{"remove 2.txt", "check 1.txt", "add 3.txt"});
  CHECK(report.updated == 1);
  CHECK(dump(bench.database) == before);
}

TEST_CASE("a report as JSON has every count, reasons and stages") {
  IndexBench bench;
  write_file(bench.archive / "good.txt", story(1));
  write_file(bench.archive / "bad.txt", "no date\n");
  const RunReport report = bench.run();
  const auto json = nlohmann::json::parse(ended_summary({}, "/db", &report));
  CHECK(json.at("version") == 1);
  CHECK(json.at("added") == 1);
  CHECK(json.at("failed") == nlohmann::json::parse(R"({"no-date":1})"));
  CHECK(json.at("documents") == 1);
  CHECK(json.at("seconds").size() == 5);
  for (const char* key : {"updated", "moved", "removed", "unchanged", "elsewhere", "ignored",
                          "decoded", "decoded_utf16", "mended", "still_failing", "index_bytes",
                          "new_speakers", "new_places", "stopped", "rebuilt"})
    CHECK(json.contains(key));
  RunReport odd;
  odd.failing = {{.path = "/a/caf\xe9.txt", .reason = "no-date"}};
  const auto failure = nlohmann::json::parse(errors_file(odd));
  CHECK(failure.at("reason") == "no-date");
  CHECK(failure.at("path_base64") == "L2EvY2Fm6S50eHQ=");
}

TEST_CASE("failed files come back from their text, whatever their paths hold") {
  const std::vector<FailedFile> files = {
      {"/a/tab\tand\nline\\end.txt", 5, -7, "no-date", 0, 0, false, "2026-11-20"},
      {"/b.txt", 0, 1, "empty"}};
  CHECK(parse_failed_files(to_text(files)) == files);
  CHECK(parse_failed_files("empty\t0\t1\t/b.txt\n") ==
        std::vector{files[1]});  // as older programs wrote it
  CHECK(parse_failed_files("rubbish\nno-date\tx\t1\t/a\n").empty());
}

TEST_CASE("a run that may wait gets the index when the other one ends") {
  IndexBench bench;
  write_file(bench.archive / "1.txt", story(1));
  bench.run();
  auto lock = std::make_unique<RunLock>(bench.database);
  std::thread other([&] { lock.reset(); });
  RunRequest request{.database = bench.database, .folders = {bench.archive}};
  request.wait = std::chrono::seconds(60);
  CHECK(run_index(request, extractor()).unchanged == 1);
  other.join();
}

TEST_CASE(
    "names committed by a run that was killed are joined by the next one, though it has nothing to "
    "do") {
  IndexBench bench;
  for (int i = 0; i < 4; ++i)
    write_file(bench.archive / fmt::format("{}.txt", i), story(i));  // Anna Lind and Anna B. Lind
  const auto kill = [](std::uint64_t done, std::uint64_t all) {
    if (done == all) throw Error("killed");
    return true;
  };
  CHECK_THROWS_WITH(run_index({.database = bench.database,
                               .folders = {bench.archive},
                               .documents_a_commit = 1,
                               .progress = kill},
                              extractor()),
                    "killed");
  const RunReport report = bench.run();
  CHECK(report.added + report.updated + report.removed == 0);
  CHECK(report.unchanged == 4);
  CHECK_THAT(dump(bench.database), Catch::Contains("Anna B. Lind"));
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE(
    "a file that cannot be read keeps its article, is named, and is looked at again by the next "
    "run") {
  IndexBench bench;
  for (int i = 0; i < 3; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  write_file(bench.archive / "1.txt", story(40) + "More.\n");
  const std::string edited = read_file(bench.archive / "1.txt");
  fs::remove(bench.archive / "2.txt");
  RunRequest request{.database = bench.database, .folders = {bench.archive}};
  request.listener = [&](std::string_view what, const std::string&) {
    if (what != "removed")
      return;  // after the archive was looked through, before its files are read
    fs::remove(bench.archive / "1.txt");
    fs::create_directory(bench.archive / "1.txt");
  };
  const RunReport report = run_index(request, extractor());
  CHECK(report.removed == 1);
  CHECK(report.documents == 2);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].reason == BadArticle::unreadable);
  fs::remove(bench.archive / "1.txt");
  write_file(bench.archive / "1.txt", edited);
  CHECK(bench.run().updated == 1);
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("of a file that moved and cannot be read there nothing is left under its old path") {
  IndexBench bench;
  for (int i = 0; i < 3; ++i) write_file(bench.archive / fmt::format("{}.txt", i), story(i));
  bench.run();
  fs::rename(bench.archive / "1.txt", bench.archive / "moved.txt");
  fs::remove(bench.archive / "2.txt");
  RunRequest request{.database = bench.database, .folders = {bench.archive}};
  request.listener = [&](std::string_view what, const std::string& path) {
    if (what != "removed" || !path.ends_with("/2.txt")) return;
    fs::remove(bench.archive / "moved.txt");
    fs::create_directory(bench.archive / "moved.txt");
  };
  const RunReport report = run_index(request, extractor());
  CHECK(report.removed == 2);
  CHECK(report.documents == 1);
  CHECK_THAT(dump(bench.database), !Catch::Contains("/1.txt"));
}

TEST_CASE("files that failed outside the folders named go on being known") {
  IndexBench bench;
  write_file(bench.archive / "1.txt", story(1));
  write_file(bench.folder / "more/2.txt", story(2));
  write_file(bench.folder / "more/bad.txt", "no date\n");
  const RunRequest both{.database = bench.database,
                        .folders = {bench.archive, bench.folder / "more"}};
  CHECK(run_index(both, extractor()).failures.size() == 1);
  bench.run();
  const RunReport report = run_index(both, extractor());
  CHECK(report.failures.empty());
  CHECK(report.failed_before.size() == 1);
}

TEST_CASE("names are new in the run that first meets them only") {
  IndexBench bench;
  write_file(bench.archive / "1.txt", story(1));
  CHECK(bench.run().new_speakers == std::vector<std::string>{"Bo Ek"});
  write_file(
      bench.archive / "2.txt",
      article_bytes("2023-03-03",
                    "Talks\n\n\"We met,\" said Zora Hale in Bergen. \"So it is,\" said Bo Ek."));
  const RunReport report = bench.run();
  CHECK(report.new_speakers == std::vector<std::string>{"Zora Hale"});
  CHECK(report.new_places.size() == 1);
  CHECK(bench.run().new_speakers.empty());
}
