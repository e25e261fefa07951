// What dateline-index makes of an archive that is not as it seems.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/skip.h"
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
  CHECK_THAT(bench.index().out, Catch::StartsWith("updated 2, unchanged 1 article"));
  CHECK(bench.find("walks").out == fmt::format("{0}/a.txt\n{0}/b.txt\n", bench.archive));
}

TEST_CASE("a file that was only touched is unchanged, and not looked at again") {
  const Bench bench;
  bench.write("a.txt", "Talks open");
  REQUIRE(bench.index().status == 0);
  const std::string before = bench.dump();
  REQUIRE(chmod((bench.archive + "/a.txt").c_str(), 0600) == 0);
  CHECK_THAT(bench.index({"--dry-run"}).out, Catch::Contains("check 1,"));
  CHECK_THAT(bench.index().out, Catch::StartsWith("nothing to do, unchanged 1 article"));
  CHECK_THAT(bench.index({"--dry-run"}).out, Catch::Contains("check 0,"));
  CHECK(bench.dump() == before);
}

TEST_CASE("--verify-files reads every file, also those that failed before") {
  const Bench bench;
  bench.write("a.txt", "Talks open");
  write_file(bench.folder / "archive/bad.txt", "none\n");
  REQUIRE(bench.index().status == 1);
  const Outcome planned = bench.index({"--dry-run", "--verify-files", "--verbose"});
  CHECK(planned.out == fmt::format("check {0}/a.txt\nadd {0}/bad.txt\nwould add 1, check 1, move "
                                   "0, remove 0; unchanged 0 articles\n",
                                   bench.archive));
  const Outcome verified = bench.index({"--verify-files"});
  CHECK_THAT(verified.out,
             Catch::StartsWith("nothing to do, still failing 1, unchanged 1 article"));
}

TEST_CASE("a signal ends the waiting of --verify-files at once") {
  const Bench bench;
  for (int i = 0; i < 4; ++i) bench.write(fmt::format("{}.txt", i), std::string(1'000'000, 'x'));
  REQUIRE(bench.index().status == 0);
  // A megabyte in a thousand seconds: only the signal ends this run.
  const Outcome stopped = run_and_signal(
      "dateline-index",
      {"--db", bench.database, "--verify-files", "--verify-rate", "0.001", bench.archive}, SIGTERM,
      0.5);
  CHECK(stopped.status == 143);
  CHECK(bench.index().status == 0);
}

TEST_CASE("--verify-rate is a number of megabytes, of --verify-files only") {
  const Bench bench;
  CHECK_THAT(bench.index({"--verify-files", "--verify-rate", "0"}).err,
             Catch::Contains("--verify-rate 0: not between"));
  const Outcome alone = bench.index({"--verify-rate", "5"});
  CHECK(alone.status == 2);
  CHECK_THAT(alone.err, Catch::Contains("--verify-rate goes with --verify-files only"));
}

TEST_CASE("an offline folder costs the night of the other folders nothing, and its articles stay") {
  const Bench bench;
  bench.write("a/1.txt", "Talks open");
  bench.write("b/2.txt", "Talks close");
  const std::string a = bench.archive + "/a";
  const std::string b = bench.archive + "/b";
  const auto index = [&](Arguments more) {
    more.insert(more.end(), {"--db", bench.database});
    return run("dateline-index", more);
  };
  REQUIRE(index({a, b}).status == 0);
  const std::string summary = (bench.folder / "summary.json").string();
  const auto is_offline = [&](const std::string& why) {
    bench.write("a/new.txt", "Talks pause " + why);
    const Outcome night = index({a, b, "--summary", summary});
    CHECK(night.status == 1);
    CHECK_THAT(night.err, Catch::Contains(fmt::format(
                              "offline: {}: {}; what is indexed below it stays", b, why)));
    CHECK(nlohmann::json::parse(read_file(summary)).at("offline").at(0).at("folder") == b);
    CHECK(bench.find("close").out == b + "/2.txt\n");
    CHECK(bench.find("pause").out == a + "/new.txt\n");
    CHECK(index({a, b, "--max-delete", "100"}).status == 1);
    CHECK(bench.find("close").out == b + "/2.txt\n");
  };
  fs::rename(b, bench.folder / "aside");
  is_offline("no such folder");
  write_file(b, "a file");
  is_offline("is no folder");
  fs::remove(b);
  fs::create_directory(b);
  is_offline("holds no article (*.txt)");
  CHECK(index({b, bench.archive + "/none"}).status == 3);
  const Outcome alone = index({b});
  CHECK(alone.status == 3);
  CHECK_THAT(alone.err, Catch::Contains("holds no article (*.txt); nothing was changed") &&
                            Catch::Contains("--forget"));
  fs::remove(b);
  fs::rename(bench.folder / "aside", b);
  CHECK(index({a, b}).status == 0);
}

TEST_CASE(
    "an empty folder that the index never had articles of is fine beside another, and an error "
    "alone") {
  const Bench bench;
  bench.write("a/1.txt", "Talks open");
  fs::create_directories(bench.folder / "empty");
  const std::string empty = (bench.folder / "empty").string();
  CHECK(bench.index({empty}).status == 0);
  CHECK(run("dateline-index", {"--db", bench.database, empty}).status == 3);
}

TEST_CASE("a hint to forget a folder is given of one that the index knows") {
  const Bench bench;
  bench.write("1.txt", "Talks open");
  const auto ask = [&](const std::string& folder) {
    return run("dateline-index", {"--db", bench.database, folder});
  };
  CHECK_THAT(ask(bench.archive + "/none").err, !Catch::Contains("--forget"));
  CHECK_THAT(ask(bench.archive + "/1.txt").err, Catch::Contains("name the folder that holds"));
  REQUIRE(bench.index().status == 0);
  const Outcome file = ask(bench.archive + "/1.txt");
  CHECK(file.status == 3);
  CHECK_THAT(file.err,
             Catch::Contains("name the folder that holds") && !Catch::Contains("--forget"));
  CHECK_THAT(ask(bench.archive + "/none").err, !Catch::Contains("--forget"));
  fs::rename(bench.archive, bench.folder / "away");
  CHECK_THAT(ask(bench.archive).err, Catch::Contains("name it with --forget"));
}

TEST_CASE("what is counted is one, or many") {
  const Bench bench;
  bench.write("a/1.txt", "Talks open");
  bench.write("b/2.txt", "Talks close");
  const std::string list = (bench.folder / "excluded").string();
  write_file(list, bench.archive + "/a/1.txt\n");
  REQUIRE(bench.index().status == 0);
  CHECK_THAT(bench.index({"--exclude-list", list}).out,
             Catch::StartsWith("1 path is excluded: 1 more, 0 no longer\n") &&
                 Catch::Contains("unchanged 1 article in "));
  fs::rename(bench.archive + "/b", bench.folder / "away");
  CHECK_THAT(
      run("dateline-index", {"--db", bench.database, bench.archive + "/a"}).err,
      Catch::Contains("1 indexed article lies outside the folders named and is no longer there"));
}

TEST_CASE("the call that forgets what is lost leaves what the same run added") {
  const Bench bench;
  bench.write("a/1.txt", "Treaty signed");
  REQUIRE(bench.index().status == 0);
  fs::rename(bench.folder / "archive/a", bench.folder / "archive/b");
  const Outcome outcome = run("dateline-index", {"--db", bench.database, bench.archive + "/b"});
  CHECK_THAT(
      outcome.err,
      Catch::Contains("1 indexed article lies outside the folders named and is no longer there"));
  CHECK_THAT(outcome.err, Catch::Contains("--forget " + bench.archive + "/a\n"));
}

TEST_CASE(
    "--forget takes the articles of a folder out, and those alone; with the new place they have "
    "moved") {
  const Bench bench;
  bench.write("a/1.txt", "Talks open");
  bench.write("b/2.txt", "Talks close");
  bench.write("ab/3.txt", "Talks pause");
  REQUIRE(bench.index().status == 0);
  fs::rename(bench.archive + "/a", bench.folder / "moved");
  const Outcome moved =
      run("dateline-index", {"--db", bench.database, "--forget", bench.archive + "/a",
                             (bench.folder / "moved").string()});
  CHECK(moved.status == 0);
  CHECK_THAT(moved.out, Catch::StartsWith("moved 1, unchanged 0 articles"));
  CHECK(bench.find("open").out == (bench.folder / "moved/1.txt\n").string());
  const Outcome forgotten =
      run("dateline-index",
          {"--db", bench.database, "--forget", bench.archive + "/a/../b/", "--max-delete", "0"});
  CHECK(forgotten.status == 0);
  CHECK_THAT(forgotten.out, Catch::StartsWith("removed 1, unchanged 0 articles"));
  CHECK(bench.find("talks").out ==
        fmt::format("{}/ab/3.txt\n{}\n", bench.archive, (bench.folder / "moved/1.txt").string()));
  CHECK_THAT(
      run("dateline-index", {"--db", bench.database, "--forget", bench.archive + "/none"}).err,
      Catch::Contains("no indexed article lies below it"));
  const Outcome nowhere = run(
      "dateline-index", {"--db", (bench.folder / "none.db").string(), "--forget", bench.archive});
  CHECK(nowhere.status == 3);
  CHECK_FALSE(fs::exists(bench.folder / "none.db"));
  CHECK(run("dateline-index", {"--db", bench.database, "--forget", ""}).status == 2);
}

TEST_CASE("articles elsewhere that are no longer there are reported, with the call that mends it") {
  const Bench bench;
  bench.write("a/1.txt", "Talks open");
  bench.write("b/x/2.txt", "Talks close");
  bench.write("b/y/3.txt", "Talks pause");
  bench.write("c/4.txt", "Talks end");
  REQUIRE(bench.index().status == 0);
  fs::remove_all(bench.archive + "/b");
  const std::string summary = (bench.folder / "summary.json").string();
  const Outcome night = run("dateline-index", {"--db", bench.database, bench.archive + "/a",
                                               "--quiet", "--summary", summary});
  CHECK(night.status == 0);
  const std::string call =
      fmt::format("dateline-index --db {} --forget {}/b", bench.database, bench.archive);
  CHECK(night.err ==
        "dateline-index: 2 indexed articles lie outside the folders named and are no longer "
        "there\nhint: if they are gone for good: " +
            call + "\n");
  CHECK(nlohmann::json::parse(read_file(summary)).at("lost_elsewhere") == 2);
  CHECK(run("dateline-index", {"--db", bench.database, "--forget", bench.archive + "/b"}).status ==
        0);
  CHECK(run("dateline-index", {"--db", bench.database, bench.archive + "/a"}).err.empty());
  CHECK(bench.find("end").out == bench.archive + "/c/4.txt\n");
}

TEST_CASE(
    "an archive reached through a link is indexed once, under its real path, and found under "
    "both") {
  const Bench bench;
  bench.write("2023/1.txt", "Talks open");
  const std::string link = (bench.folder / "link").string();
  fs::create_directory_symlink(bench.archive, link);
  REQUIRE(run("dateline-index", {"--db", bench.database, link}).status == 0);
  const std::string real = bench.archive + "/2023/1.txt\n";
  CHECK(bench.find("talks").out == real);
  for (const auto& folder :
       {bench.archive, link, link + "/2023", link + "/.", bench.archive + "/../link"}) {
    CHECK_THAT(run("dateline-index", {"--db", bench.database, folder}).out,
               Catch::StartsWith("nothing to do, unchanged 1 article"));
  }
  for (const auto& query : {link + "/2023/1.txt", link + "/*", link + "/2023/*", link + "/20*",
                            bench.archive + "/2023/1.txt", bench.archive + "/*"}) {
    const Outcome found = bench.find("path:" + query);
    CHECK(found.out == real);
    CHECK(found.err.empty());
  }
  CHECK(run("dateline-query", {"--db", bench.database, "--more-like", link + "/2023/1.txt"})
            .err.find("no such article") == std::string::npos);
  CHECK(run("dateline-index", {"--extract", link + "/2023"})
            .out.find(fmt::format("\"path\":\"{}/2023/1.txt\"", link)) != std::string::npos);
}

TEST_CASE(
    "a folder reached twice in one run counts once, and an index made by another of its names is "
    "moved") {
  const Bench bench;
  bench.write("1.txt", "Talks open");
  const fs::path second = bench.folder / "second";
  fs::create_directory(second);
  if (mount(bench.archive.c_str(), second.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    return skip("no mount allowed here: update_plan_test stands for it");
  }
  const auto index = [&](const Arguments& folders) {
    Arguments all{"--db", bench.database};
    all.insert(all.end(), folders.begin(), folders.end());
    return run("dateline-index", all).out;
  };
  CHECK_THAT(index({second, bench.archive}), Catch::StartsWith("added 1, unchanged 0 articles"));
  CHECK_THAT(index({bench.archive, second}),
             Catch::StartsWith("nothing to do, unchanged 1 article"));
  CHECK_THAT(index({second}), Catch::StartsWith("moved 1, unchanged 0 articles"));
  CHECK(bench.find("talks").out == (second / "1.txt\n").string());
  CHECK_THAT(index({bench.archive}), Catch::StartsWith("moved 1, unchanged 0 articles"));
  CHECK(umount(second.c_str()) == 0);
}

TEST_CASE("a mass removal is refused with the numbers and the call that allows it") {
  const Bench bench;
  for (int i = 0; i < 150; ++i)
    bench.write(fmt::format("{:03}.txt", i), fmt::format("Talks {}", i));
  REQUIRE(bench.index().status == 0);
  for (int i = 0; i < 120; ++i) fs::remove(fmt::format("{}/{:03}.txt", bench.archive, i));
  const Outcome refused = bench.index();
  CHECK(refused.status == 3);
  CHECK_THAT(refused.err,
             Catch::Contains(
                 "120 of 150 indexed articles are gone from the archive; nothing was changed"));
  const std::string call =
      fmt::format("dateline-index --db {} --max-delete 120 {}\n", bench.database, bench.archive);
  CHECK_THAT(refused.err, Catch::EndsWith("if they are really gone: " + call));
  CHECK(bench.index({"--max-delete", "120"}).status == 0);
}

TEST_CASE("a signal during the scan ends the run with nothing changed") {
  const Bench bench;
  for (int i = 0; i < 30'000; ++i) bench.write(fmt::format("{}/{}.txt", i / 1000, i), "x");
  Outcome stopped;
  for (const double delay :
       {0.25, 0.15, 0.35, 0.5}) {  // seconds; the scan follows the loading of the tables
    stopped = run_and_signal("dateline-index", {"--db", bench.database, "--dry-run", bench.archive},
                             SIGTERM, delay);
    if (!stopped.err.empty()) break;
  }
  INFO(stopped.err);
  REQUIRE((stopped.status == 143 || stopped.status == 0));
  if (!stopped.err.empty())
    CHECK(stopped.err == "dateline-index: stopped by signal 15; nothing was changed\n");
}

TEST_CASE(
    "a pipe given for an article is an error, one given for aliases is waited for until a signal "
    "comes") {
  const Bench bench;
  bench.write("1.txt", "Talks open");
  const std::string pipe = (bench.folder / "pipe").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const Outcome extracted = run("dateline-index", {"--extract", pipe});
  CHECK(extracted.status == 1);
  CHECK_THAT(extracted.err,
             Catch::Contains("unreadable") && Catch::Contains("pipe: is no regular file"));
  CHECK(run("dateline-index", {"--explain", pipe}).status == 1);
  REQUIRE(bench.index().status == 0);
  const Outcome waited =
      run_and_signal("dateline-index", {"--db", bench.database, "--aliases", pipe}, SIGTERM, 0.5);
  CHECK(waited.status == 143);
  const std::string script =
      fmt::format("'{}' --db '{}' --aliases <(printf 'A. Lind\\tAnna Lind\\n')", index_program(),
                  bench.database);
  const Outcome given =
      run_tool("bash", {"-c", "DATELINE_DATA='" + data_folder().string() + "' " + script});
  CHECK(given.status == 0);
  CHECK_THAT(given.out, Catch::Contains("1 alias in the index"));
  CHECK_THAT(bench.index({"--aliases", bench.archive}).err,
             Catch::Contains("cannot be read: Is a directory"));
}

namespace {

std::string day_from_now(int days) {
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) +
                   std::chrono::days{days};
  const std::chrono::year_month_day civil{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

}  // namespace

TEST_CASE(
    "dates of publication from 1500 to a year ahead are taken, those after tomorrow named once, "
    "others refused") {
  const Bench bench;
  const auto write = [&](const std::string& name, const std::string& day) {
    write_file(bench.folder / ("archive/" + name), article_bytes(day, "Talks open"));
  };
  write("early.txt", "1499-12-31");
  write("first.txt", "1500-01-01");
  write("tomorrow.txt", day_from_now(1));
  write("soon.txt", day_from_now(10));
  write("far.txt", day_from_now(360));
  write("too-far.txt", day_from_now(380));
  const std::string summary = (bench.folder / "summary.json").string();
  const Outcome first = bench.index({"--summary", summary});
  CHECK(first.status == 1);
  CHECK_THAT(first.err,
             Catch::Contains(fmt::format(
                 "bad-date: {0}/early.txt:1: 1499-12-31 is before 1500-01-01", bench.archive)));
  CHECK_THAT(first.err, Catch::Contains(fmt::format("bad-date: {0}/too-far.txt:1: {1} is after ",
                                                    bench.archive, day_from_now(380))));
  CHECK_THAT(first.err, Catch::Contains(fmt::format("{0}/soon.txt: is dated {1}, after tomorrow",
                                                    bench.archive, day_from_now(10))));
  CHECK(first.err.find("/tomorrow.txt") == std::string::npos);
  CHECK(nlohmann::json::parse(read_file(summary)).at("future_dates").size() == 2);
  CHECK(bench.find("").out ==
        fmt::format("{0}/far.txt\n{0}/soon.txt\n{0}/tomorrow.txt\n{0}/first.txt\n", bench.archive));
  // Looked at again, and not named again.
  const Outcome second = bench.index({"--dry-run", "--verbose"});
  CHECK(second.out == fmt::format("add {0}/early.txt\nadd {0}/too-far.txt\nwould add 2, check 0, "
                                  "move 0, remove 0; unchanged 4 articles\n",
                                  bench.archive));
  CHECK(bench.index().err.find("after tomorrow") == std::string::npos);
  CHECK(run("dateline-index", {"--extract", bench.archive + "/too-far.txt"}).status == 1);
  CHECK(run("dateline-index", {"--extract", "--any-date", bench.archive + "/too-far.txt"}).status ==
        0);
}

TEST_CASE("--any-date is remembered, by rebuilds too") {
  const Bench bench;
  write_file(bench.folder / "archive/1.txt", article_bytes("1499-12-31", "Talks open"));
  CHECK(bench.index().status == 1);
  CHECK(bench.index({"--any-date"}).status == 0);
  write_file(bench.folder / "archive/2.txt", article_bytes("2999-12-31", "Talks close"));
  CHECK(bench.index().status == 0);
  CHECK(bench.index({"--rebuild"}).status == 0);
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::StartsWith("articles 2\n") && Catch::Contains("dates any\n"));
  CHECK(run("dateline-index", {"--db", bench.database, "--check"}).status == 0);
}

TEST_CASE("articles may be named .TXT or .Txt") {
  const Bench bench;
  bench.write("A.TXT", "Talks open");
  bench.write("b.Txt", "Talks open");
  bench.write("c.txt.bak", "Talks open");
  bench.write("txt", "Talks open");
  CHECK_THAT(bench.index().out, Catch::StartsWith("added 2, "));
}

TEST_CASE("a file that failed and was mended keeping size and time is seen") {
  const Bench bench;
  const fs::path file = bench.folder / "archive/1.txt";
  bench.write("2.txt", "Talks open");
  std::string bad = article("Talks close");
  bad.replace(bad.find("date"), 4, "dote");
  write_file(file, bad);
  REQUIRE(bench.index().status == 1);
  edit_in_place(file, article("Talks close"));
  CHECK_THAT(bench.index().out, Catch::StartsWith("added 1, "));
}

TEST_CASE(
    "what is on the exclude list leaves the index, stays out of it, and comes back with another "
    "list") {
  const Bench bench;
  for (const auto* name : {"1.txt", "2.txt", "secret/3.txt", "secret/x/4.txt", "secrets/5.txt"})
    bench.write(name, fmt::format("Talks {}", fs::path(name).stem().string()));
  fs::create_directory_symlink(bench.archive, bench.folder / "link");
  REQUIRE(bench.index().status == 0);
  const std::string list = (bench.folder / "list").string();
  write_file(list,
             fmt::format("\xEF\xBB\xBF# by order\r\n\r\n{0}/secret/\r\n{1}/2.txt\n{0}/gone.txt\n",
                         bench.archive, (bench.folder / "link").string()));
  const std::string summary = (bench.folder / "summary.json").string();
  const Outcome excluded =
      bench.index({"--exclude-list", list, "--max-delete", "0", "--summary", summary});
  CHECK(excluded.status == 0);
  CHECK_THAT(excluded.out, Catch::StartsWith("excluded 3, unchanged 2 articles") ||
                               Catch::Contains("\nexcluded 3, unchanged 2 articles"));
  CHECK_THAT(excluded.out, Catch::Contains("3 paths are excluded: 3 more, 0 no longer"));
  CHECK(nlohmann::json::parse(read_file(summary)).at("kept_out") == 3);
  const std::string left = fmt::format("{0}/1.txt\n{0}/secrets/5.txt\n", bench.archive);
  const auto is_left = [&] { CHECK(bench.find("talks").out == left); };
  is_left();
  bench.write("secret/new.txt", "Talks go on");
  CHECK(bench.index().status == 0);
  is_left();
  CHECK(bench.index({"--rebuild"}).status == 0);
  is_left();
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::Contains("excluded paths 3\n"));
  const std::string copy = (bench.folder / "copy").string();
  REQUIRE(run("dateline-index", {"--db", bench.database, "--backup", copy}).status == 0);
  CHECK(run("dateline-index", {"--db", copy, "--dump"}).out == bench.dump());
  CHECK(bench.dump().find("secret/") == std::string::npos);
  write_file(list, "");
  const Outcome admitted = bench.index({"--exclude-list", list, "--quiet"});
  CHECK(admitted.status == 0);
  CHECK_THAT(admitted.err, Catch::Contains("0 paths are excluded: 0 more, 3 no longer"));
  CHECK(bench.find("talks").out.find("/secret/new.txt") != std::string::npos);
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::StartsWith("articles 6\n"));
}

TEST_CASE(
    "names that only an excluded article had are in no backup made after, and come back with it") {
  const Bench bench;
  const auto write = [&](const std::string& name, const std::string& speaker,
                         const std::string& place) {
    write_file(bench.folder / "archive" / name,
               fmt::format("date 2023-03-03\n\nTalks\n\n\"We will not do it,\" said {}, a lawyer "
                           "in {}, on Monday.\n",
                           speaker, place));
  };
  write("1.txt", "Anna Lind", "Geneva");
  write("2.txt", "Zacharias Quimbleworth", "Timbuktu");
  REQUIRE(bench.index().status == 0);
  const auto hits_of_copy = [&](const std::string& name) {
    const fs::path copy = bench.folder / name;
    REQUIRE(run("dateline-index", {"--db", bench.database, "--backup", copy.string()}).status == 0);
    std::size_t hits = 0;
    for (const auto& file : fs::recursive_directory_iterator(copy)) {
      const std::string bytes = file.is_regular_file() ? read_file(file.path()) : "";
      for (const auto* word : {"Quimbleworth", "quimbleworth", "Timbuktu"})
        hits += bytes.find(word) != std::string::npos ? 1 : 0;
    }
    return hits;
  };
  CHECK(hits_of_copy("before") > 0);
  const std::string dump = bench.dump();
  const std::string list = (bench.folder / "list").string();
  write_file(list, bench.archive + "/2.txt\n");
  REQUIRE(bench.index({"--exclude-list", list}).status == 0);
  CHECK(hits_of_copy("after") == 0);
  CHECK(run("dateline-index", {"--db", bench.database, "--check"}).status == 0);
  const Outcome facets = run("dateline-query", {"--db", bench.database, "--facet", "speaker",
                                                "--facet", "place", "lawyer"});
  CHECK_THAT(facets.out, Catch::Contains("Anna Lind") && Catch::Contains("Geneva"));
  write_file(list, "");
  REQUIRE(bench.index({"--exclude-list", list}).status == 0);
  CHECK(run("dateline-index", {"--db", bench.database, "--check"}).status == 0);
  CHECK(bench.dump() == dump);
}

TEST_CASE(
    "excluded articles go without a folder named, from an offline folder, and when all of a folder "
    "is excluded") {
  const Bench bench;
  bench.write("a/1.txt", "Talks open");
  bench.write("b/2.txt", "Talks close");
  REQUIRE(bench.index().status == 0);
  const std::string list = (bench.folder / "list").string();
  write_file(list, bench.archive + "/a");
  CHECK(run("dateline-index", {"--db", bench.database, bench.archive + "/a", bench.archive + "/b",
                               "--exclude-list", list})
            .status == 0);
  CHECK(bench.find("talks").out == bench.archive + "/b/2.txt\n");
  CHECK(run("dateline-index", {"--db", bench.database, bench.archive + "/a", bench.archive + "/b"})
            .status == 0);
  write_file(list, bench.archive + "/b\n" + bench.archive + "/a\n");
  CHECK(run("dateline-index", {"--db", bench.database, "--exclude-list", list}).status == 0);
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats"}).out,
             Catch::StartsWith("articles 0\n"));
}

TEST_CASE(
    "a bad line of the exclude list is an error that names file and line, and changes nothing") {
  const Bench bench;
  bench.write("1.txt", "Talks open");
  REQUIRE(bench.index().status == 0);
  const std::string list = (bench.folder / "list").string();
  for (const std::string& line : {std::string("/"), std::string("/a\0b", 4),
                                  bench.archive + "/*.txt", std::string("~/archive")}) {
    write_file(list, "# good\n" + bench.archive + "/2.txt\n" + line + "\n");
    const Outcome refused = bench.index({"--exclude-list", list});
    CHECK(refused.status == 3);
    CHECK_THAT(refused.err, Catch::Contains(list + ":3: "));
  }
  CHECK(bench.index({"--exclude-list", list + ".none"}).status == 3);
  CHECK(bench.find("talks").out == bench.archive + "/1.txt\n");
  CHECK(run("dateline-index", {"--db", bench.database, "--stats"}).out.find("excluded") ==
        std::string::npos);
}
