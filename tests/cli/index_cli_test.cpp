// dateline-index from outside: what it prints and how it ends.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;

namespace {

struct Bench : Workplace {
  Bench() {
    write_file(folder / "archive/1.txt",
               article_bytes("2023-03-03", "Talks resume\n\n\"We met,\" said Anna Lind in Oslo."));
  }
  Outcome index(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--db", database, archive});
    return run("dateline-index", more);
  }
};

}  // namespace

TEST_CASE("a run prints one line, a quiet one none") {
  Bench bench;
  const Outcome first = bench.index();
  CHECK(first.status == 0);
  CHECK_THAT(first.out, Catch::StartsWith("added 1, unchanged 0 articles in "));
  CHECK(first.err.empty());
  const Outcome second = bench.index({"--quiet"});
  CHECK(second.status == 0);
  CHECK(second.out.empty());
  CHECK(second.err.empty());
}

TEST_CASE("a bad file is named with its reason and makes the status 1") {
  Bench bench;
  write_file(bench.folder / "archive/bad.txt", " date 2023-02-30 \n\nText\n");
  const Outcome outcome = bench.index({"--quiet"});
  CHECK(outcome.status == 1);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == "dateline-index: bad-date: " + bench.archive +
                           "/bad.txt:1: \"2023-02-30\" is no date of the form YYYY-MM-DD\n");
}

TEST_CASE("--extract prints a record a line and needs no database") {
  Bench bench;
  write_file(bench.folder / "archive/bad.txt", "none\n");
  const Outcome outcome = run("dateline-index", {"--extract", bench.archive});
  CHECK(outcome.status == 1);
  REQUIRE(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 1);
  const auto record = nlohmann::json::parse(outcome.out);
  CHECK(record.at("path") == bench.archive + "/1.txt");
  CHECK(record.at("date") == "2023-03-03");
  CHECK(record.at("title") == "Talks resume");
  CHECK_THAT(outcome.err, Catch::StartsWith("dateline-index: no-date: "));
}

TEST_CASE("usage errors name the option, give a hint and end with 2") {
  Bench bench;
  const auto complaint = [](const std::vector<std::string>& arguments) {
    const Outcome outcome = run("dateline-index", arguments);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  CHECK_THAT(complaint({}), Catch::Contains("no database named") && Catch::Contains("hint: "));
  CHECK_THAT(complaint({"--db", bench.database}), Catch::Contains("no folder of articles named"));
  CHECK_THAT(complaint({"--databse", "x"}), Catch::Contains("--databse"));
  CHECK_THAT(complaint({"--db", "x", "--jobs", "0", "y"}), Catch::Contains("--jobs 0"));
  CHECK_THAT(complaint({"--db", "x", "--jobs", "two", "y"}), Catch::Contains("two"));
  CHECK_THAT(complaint({"--extract", "--stats", "--db", "x"}),
             Catch::Contains("exclude each other"));
  CHECK_THAT(complaint({"--extract"}), Catch::Contains("no file or folder named"));
}

TEST_CASE("a file that is not UTF-8 is decoded, which is said") {
  Bench bench;
  write_file(bench.folder / "archive/old.txt", article_bytes("2023-03-04", "Caf\xe9 talks"));
  const Outcome outcome = bench.index({"-v"});
  CHECK_THAT(outcome.out, Catch::Contains("decoded " + bench.archive + "/old.txt\n") &&
                              Catch::Contains("added 2, decoded from Windows-1252 1, unchanged 0"));
  CHECK_THAT(bench.index().out, Catch::StartsWith("nothing to do, unchanged 2"));
  CHECK_THAT(
      run("dateline-query", {"--db", bench.database, "--show", bench.archive + "/old.txt"}).out,
      Catch::Contains("\ndecoded from windows-1252\n"));
}

TEST_CASE("no file's bytes and no file's name drive the terminal") {
  Bench bench;
  write_file(bench.folder / "archive/a\x1b[2J\nb.txt", " date \x1b]0;title\a\n\nText\n");
  write_file(bench.folder / "archive/c\x1b[31m.txt", article_bytes("2023-03-03", "Talks end"));
  write_file(bench.folder / "archive/d\x1b[31m.txt", article_bytes("2099-03-03", "Talks to come"));
  write_file(bench.folder / "aliases.tsv", "\x1b[31m\tone\ttwo\n");
  using Arguments = std::vector<std::string>;
  for (const auto& arguments :
       {Arguments{"--dry-run", "--db", bench.database, bench.archive},
        {"-v", "--db", bench.database, bench.archive},
        {"--extract", bench.archive},
        {"--audit", "--db", bench.database},
        {"--stats", "--failed", "--db", bench.database},
        {"--preview-aliases", (bench.folder / "aliases.tsv").string(), "--db", bench.database}}) {
    const Outcome outcome = run("dateline-index", arguments);
    INFO(arguments.front() << '\n' << outcome.out << outcome.err);
    CHECK_FALSE((outcome.out + outcome.err).empty());
    CHECK(outcome.out.find('\x1b') == std::string::npos);
    CHECK(outcome.err.find('\x1b') == std::string::npos);
    CHECK((outcome.out + outcome.err).find("\nb.txt") == std::string::npos);
  }
}

TEST_CASE("what cannot be done ends with 3 and changes nothing") {
  Bench bench;
  CHECK(run("dateline-index", {"--db", bench.database, bench.archive + "/none"}).status == 3);
  CHECK(run("dateline-index", {"--db", bench.database, "--stats"}).status == 3);
  CHECK_FALSE(std::filesystem::exists(bench.database));
  const Outcome without_data =
      run("dateline-index", {"--extract", bench.archive}, {{"DATELINE_DATA", "/nonexistent"}});
  CHECK(without_data.status == 3);
  CHECK_THAT(without_data.err, Catch::Contains("/nonexistent: no such data folder") &&
                                   Catch::Contains("DATELINE_DATA"));
}

TEST_CASE(
    "without DATELINE_DATA the tables are those installed with the program, or the checkout's; "
    "never another installation's") {
  namespace fs = std::filesystem;
  Bench bench;
  const auto extract = [&](const std::string& program) {
    return run_tool(
        "sh", {"-c", "unset DATELINE_DATA; exec \"$0\" --extract \"$1\"", program, bench.archive});
  };
  CHECK(extract(index_program()).status ==
        0);  // also where an older Dateline is installed in /usr/local

  const fs::path prefix = fs::path(bench.database).parent_path() / "moved here";
  fs::create_directories(prefix / "bin");
  fs::copy_file(index_program(), prefix / "bin/dateline-index");
  const std::string program = prefix / "bin/dateline-index";
  CHECK(extract(program).status == 0);
  fs::create_directories(prefix / "share/dateline");
  const Outcome incomplete = extract(program);
  CHECK(incomplete.status == 3);
  CHECK_THAT(incomplete.err, Catch::Contains((prefix / "share/dateline/").string()) &&
                                 Catch::Contains(": cannot be read"));
}

TEST_CASE("DATELINE_DB names the default database") {
  Bench bench;
  CHECK(run("dateline-index", {bench.archive}, {{"DATELINE_DB", bench.database}}).status == 0);
  const Outcome stats = run("dateline-index", {"--stats"}, {{"DATELINE_DB", bench.database}});
  CHECK(stats.status == 0);
  CHECK_THAT(stats.out, Catch::StartsWith("articles 1\npublished 2023-03-03 to 2023-03-03\n"));
}

TEST_CASE("Xapian's own tools find the database clean") {
  Bench bench;
  REQUIRE(bench.index().status == 0);
  const Outcome check = run_tool("xapian-check", {bench.database + "/XAPIANDB"});
  CHECK(check.status == 0);
  CHECK_THAT(check.out, Catch::Contains("No errors found"));
  const Outcome delve = run_tool("xapian-delve", {bench.database});
  CHECK(delve.status == 0);
  CHECK_THAT(delve.out, Catch::Contains("number of documents = 1"));
}

TEST_CASE("help and version print to stdout and end with 0") {
  for (const char* option : {"--help", "--version"}) {
    const Outcome outcome = run("dateline-index", {option});
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.out, Catch::Contains("dateline-index"));
    CHECK(outcome.err.empty());
  }
  CHECK_THAT(run("dateline-index", {"--version"}).out,
             Catch::Contains("GeoNames") && Catch::Contains("CC BY 4.0"));
}

TEST_CASE("--explain says of each place why it is one, and why that one") {
  TemporaryFolder folder;
  const std::string file = (folder / "a.txt").string();
  write_file(file, article_bytes("2023-03-03",
                                 "Storm in Paris, Texas\n\nSchools in Paris were shut. \"No,\" "
                                 "said Mr. Jordan Maddox, the mayor."));
  const Outcome outcome = run("dateline-index", {"--explain", file});
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK_THAT(outcome.out, Catch::Contains("place \"Paris\": Paris, Texas, US\n"));
  CHECK_THAT(outcome.out, Catch::Contains("lies in \"Texas\", named beside it"));
  CHECK_THAT(outcome.out, Catch::Contains("* Paris, Texas, US [town 4717560]"));
  CHECK_THAT(outcome.out, Catch::Contains("- Paris, FR [city 2988507]"));
  CHECK_THAT(outcome.out,
             Catch::Contains("place \"Jordan\": no place\n    inside a person's name"));
}

TEST_CASE("--explain FILE:OFFSET shows what stands at that byte") {
  TemporaryFolder folder;
  const std::string file = (folder / "a.txt").string();
  const std::string bytes =
      article_bytes("2023-03-03", "Storm in Oslo\n\nSchools in Bergen were shut.");
  write_file(file, bytes);
  const Outcome outcome =
      run("dateline-index", {"--explain", file + ":" + std::to_string(bytes.find("Bergen") + 3)});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("\"Bergen\": Bergen, NO"));
  CHECK_THAT(outcome.out, !Catch::Contains("\"Oslo\""));
  const Outcome nothing = run("dateline-index", {"--explain", file + ":0"});
  CHECK(nothing.status == 0);
  CHECK(nothing.out.empty());
}

TEST_CASE("--explain names what it cannot read") {
  TemporaryFolder folder;
  const Outcome offset = run("dateline-index", {"--explain", "none.txt:x"});
  CHECK(offset.status == 2);
  CHECK_THAT(offset.err, Catch::Contains("\"x\" is no offset"));
  const Outcome none = run("dateline-index", {"--explain", (folder / "none.txt").string() + ":3"});
  CHECK(none.status == 1);
  CHECK_THAT(none.err, Catch::StartsWith("dateline-index: unreadable: "));
  write_file(folder / "bad.txt", "no date\n");
  const Outcome bad = run("dateline-index", {"--explain", (folder / "bad.txt").string()});
  CHECK(bad.status == 1);
  CHECK(bad.out.empty());
  CHECK_THAT(bad.err, Catch::StartsWith("dateline-index: no-date: "));
}

TEST_CASE("--explain shows no control characters of an article") {
  TemporaryFolder folder;
  const std::string file = (folder / "a.txt").string();
  write_file(file,
             article_bytes("2023-03-03",
                           "Storm in Lake \x1b[31mTahoe and Foo\x1b Township\n\nA storm in Oslo."));
  CHECK_THAT(run("dateline-index", {"--explain", file}).out, !Catch::Contains("\x1b"));
}

TEST_CASE("--explain says of each quotation by which rule, cue and antecedent it has its speaker") {
  const TemporaryFolder folder;
  const std::string file = (folder / "a.txt").string();
  write_file(file, article_bytes("2023-03-03", "Talks\n\nAnna Lind came. “We met,” she said."));
  const Outcome outcome = run("dateline-index", {"--explain", file});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.find("quotation \"“We met,”\": Anna Lind\n    direct, the source beside the "
                         "cue\n    cue \"said\"\n    source \"she\": ") != std::string::npos);
}

TEST_CASE("a table of the data folder that is no file is named") {
  const Workplace bench;
  const std::filesystem::path data = bench.folder / "data";
  std::filesystem::copy(data_folder(), data, std::filesystem::copy_options::recursive);
  std::filesystem::remove(data / "en/titles.tsv");
  std::filesystem::create_directory(data / "en/titles.tsv");
  write_file(bench.archive + "/a.txt", article_bytes("2023-03-03", "Talks"));
  const Outcome outcome = run("dateline-index", {"--db", bench.database, bench.archive},
                              {{"DATELINE_DATA", data.string()}});
  CHECK(outcome.status == 3);
  CHECK_THAT(outcome.err, Catch::Contains("titles.tsv: cannot be read"));
}
