// Standard input, output and error full, closed or broken: the work is done all the same, and the
// exit status is true.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

// An archive of two articles and a file that is none; and the programs started by a shell that does
// something to their descriptors.
struct Bench : Workplace {
  Bench() {
    for (int i = 0; i < 2; ++i) {
      write_file(folder / fmt::format("archive/{}.txt", i),
                 article_bytes("2023-03-03",
                               fmt::format("Talks {}\n\n\"We met,\" said Anna Lind in Oslo.", i)));
    }
    write_file(folder / "archive/bad.txt", "no date\n");
  }

  // `call` names the programs as $index and $query, and what they work on as $db and $archive.
  Outcome shell(const std::string& call) const {
    return run_tool(
        "sh",
        {"-c", "index=$0 query=$1 db=$2 archive=$3; export DATELINE_DATA=$4; " + call,
         index_program(), query_program(), database, archive, (source_folder() / "data").string()});
  }

  bool is_sound() const { return run("dateline-index", {"--db", database, "--check"}).status == 0; }
  std::string count() const { return run("dateline-query", {"--db", database, "--count"}).out; }
};

const std::vector<std::string> kBrokenErrors = {"2> /dev/full", "2>&-", "0<&- 2>&-"};

}  // namespace

TEST_CASE("a standard error that takes nothing costs a run neither its work nor its status") {
  for (const auto& broken : kBrokenErrors) {
    INFO(broken);
    const Bench bench;
    const auto index = [&](const std::string& options) {
      return bench.shell("\"$index\" --db \"$db\" " + options + " \"$archive\" " + broken);
    };
    const Outcome first = index("-v");
    CHECK(first.status == 1);
    CHECK_THAT(first.out, Catch::Contains("failed " + bench.archive +
                                          "/bad.txt\nadded 2, failed 1, unchanged 0 articles"));
    write_file(bench.folder / "archive/2.txt", article_bytes("2023-03-04", "More talks"));
    write_file(bench.folder / "archive/worse.txt", "no date either\n");
    CHECK_THAT(index("").out, Catch::StartsWith("added 1, "));
    CHECK(index("--rebuild").status == 0);  // nothing newly failed
    CHECK(bench.count() == "3\n");
    CHECK(bench.is_sound());
  }
}

TEST_CASE("a standard error whose reader is gone costs a run nothing") {
  const Bench bench;
  const Outcome piped =
      bench.shell("{ \"$index\" --db \"$db\" -v \"$archive\" 2>&1; echo $? >&3; } 3>&1 | true");
  CHECK(bench.count() == "2\n");
  CHECK(bench.is_sound());
  const Outcome status = bench.shell(
      "{ { \"$index\" --db \"$db\" --rebuild -v \"$archive\" 2>&1; echo $? >&3; } | true; } 3>&1");
  CHECK(status.out == "0\n");
}

TEST_CASE("a standard error that takes nothing costs a search no hits") {
  const Bench bench;
  REQUIRE(bench.shell("\"$index\" --db \"$db\" \"$archive\"").status == 1);
  for (const auto& broken : kBrokenErrors) {
    INFO(broken);
    const Outcome hits = bench.shell(
        "\"$query\" --db \"$db\" --explain --format paths talks OR speaker:Nobody " + broken);
    CHECK(hits.status == 0);
    CHECK(hits.out == fmt::format("{0}/0.txt\n{0}/1.txt\n", bench.archive));
    CHECK(bench.shell("\"$query\" --db \"$db\" speaker:Nobody " + broken).status == 1);
    CHECK(bench.shell("\"$query\" --db \"$db\" '(talks' " + broken).status == 2);
    CHECK(bench.shell("\"$query\" --db \"$db-absent\" talks " + broken).status == 3);
  }
}

TEST_CASE("closed descriptors never become those of a file of the database") {
  const Bench bench;
  const Outcome silent = bench.shell("\"$index\" --db \"$db\" -v \"$archive\" 0<&- 1>&- 2>&-");
  CHECK(silent.status == 74);  // the paths and the summary were due
  CHECK(bench.shell("\"$index\" --db \"$db\" --quiet \"$archive\" 1>&- 2>&-").status == 0);
  CHECK(bench.count() == "2\n");
  CHECK(bench.is_sound());
}

TEST_CASE("whatever is due on standard output is there, or the status is 74") {
  const Bench bench;
  REQUIRE(bench.shell("\"$index\" --db \"$db\" \"$archive\"").status == 1);
  write_file(bench.folder / "aliases.tsv", "Lind\tAnna Lind\n");
  const std::string aliases = "'" + (bench.folder / "aliases.tsv").string() + "'";
  for (const auto& call :
       std::vector<std::string>{"\"$index\" --db \"$db\" \"$archive\"",
                                "\"$index\" --db \"$db\" --dry-run \"$archive\"",
                                "\"$index\" --db \"$db\" --dump",
                                "\"$index\" --db \"$db\" --stats",
                                "\"$index\" --db \"$db\" --stats --json",
                                "\"$index\" --db \"$db\" --stats --failed",
                                "\"$index\" --db \"$db\" --audit",
                                "\"$index\" --db \"$db\" --preview-aliases " + aliases,
                                "\"$index\" --db \"$db\" --check",
                                "\"$index\" --extract \"$archive/0.txt\"",
                                "\"$index\" --explain \"$archive/0.txt\"",
                                "\"$index\" --help",
                                "\"$index\" --help-all",
                                "\"$index\" --version",
                                "\"$index\" --generate man",
                                "\"$query\" --db \"$db\" talks",
                                "\"$query\" --db \"$db\" --all talks",
                                "\"$query\" --db \"$db\" --count talks",
                                "\"$query\" --db \"$db\" --format json nothing",
                                "echo 'a\ttalks' | \"$query\" --db \"$db\" --queries -",
                                "\"$query\" --db \"$db\" --show \"$archive/0.txt\"",
                                "\"$query\" --fields",
                                "\"$query\" --help",
                                "\"$query\" --help-all",
                                "\"$query\" --generate language",
                                "\"$query\" --version"}) {
    INFO(call);
    const Outcome full = bench.shell(call + " > /dev/full");
    CHECK(full.status == 74);
    CHECK_THAT(full.err, Catch::Contains("standard output: No space left on device"));
    CHECK(bench.shell(call + " >&-").status == 74);
    const std::string gone = bench.shell("{ { " + call + "; echo $? >&3; } | true; } 3>&1").out;
    CHECK((gone == "0\n" || gone == "1\n"));
  }
}

TEST_CASE("a batch of queries that cannot be read is an error, not an empty batch") {
  const Bench bench;
  REQUIRE(bench.shell("\"$index\" --db \"$db\" \"$archive\"").status == 1);
  for (const auto& input : {"<&-", "< /proc/self/mem"}) {
    INFO(input);
    const Outcome unread =
        bench.shell(fmt::format("\"$query\" --db \"$db\" --queries - {}", input));
    CHECK(unread.status == 2);
    CHECK_THAT(unread.err, Catch::Contains("standard input: cannot be read"));
  }
}

TEST_CASE("a run that failed keeps its own status when standard output is full too") {
  const Bench bench;
  CHECK(bench.shell("\"$index\" --db \"$db\" /nonexistent > /dev/full").status == 3);
  CHECK(bench.shell("\"$index\" --nonsense > /dev/full").status == 2);
}

TEST_CASE(
    "a run whose summary, errors or output cannot be written says that the index is up to date") {
  for (const auto& option : {"--summary /nonexistent/s.json", "--errors /nonexistent/e.jsonl",
                             "--summary /dev/full", "> /dev/full"}) {
    INFO(option);
    const Bench bench;
    const Outcome untold =
        bench.shell(fmt::format("\"$index\" --db \"$db\" \"$archive\" {}", option));
    CHECK(untold.status == 74);
    CHECK_THAT(untold.err, Catch::Contains("; the index is up to date\n"));
    CHECK(bench.count() == "2\n");
  }
}

TEST_CASE("where no thread can be started the work is done without") {
  const Bench bench;
  // A thread asks for a stack as large as the limit: 64 TB are not to be had.
  const std::string no_threads = "ulimit -S -s 68719476736 || exit 99; ";
  const Outcome indexed = bench.shell(no_threads + "\"$index\" --db \"$db\" -j 8 \"$archive\"");
  if (indexed.status == 99) {
    WARN("the limit of the stack may not be raised here");
    return;
  }
  CHECK(indexed.status == 1);
  CHECK(bench.count() == "2\n");
  CHECK(bench.is_sound());
  const std::string extract = "\"$index\" --extract -j 8 \"$archive\"";
  CHECK(bench.shell(no_threads + extract).out == bench.shell(extract).out);
}

TEST_CASE("few descriptors are an error that leaves the index as it was") {
  const Bench bench;
  REQUIRE(bench.shell("\"$index\" --db \"$db\" \"$archive\"").status == 1);
  const auto dump = [&] { return run("dateline-index", {"--db", bench.database, "--dump"}).out; };
  const std::string before = dump();
  write_file(bench.folder / "archive/2.txt", article_bytes("2023-03-04", "More talks"));
  for (int most = 4; most <= 10; ++most) {
    for (const auto& job :
         {"\"$index\" --db \"$db\" \"$archive\"", "\"$index\" --db \"$db\" --rebuild \"$archive\"",
          "\"$index\" --db \"$db\" --compact", "\"$query\" --db \"$db\" talks"}) {
      INFO(most << " " << job);
      const Outcome few = bench.shell(fmt::format("ulimit -n {}; {}", most, job));
      if (few.status == 0 || few.status == 1 || few.status == 127)
        continue;  // 127: the loader found no descriptor for a library
      CHECK(few.status == 3);
      CHECK_THAT(few.err, Catch::Contains("dateline-"));
      if (most < 8) CHECK(dump() == before);
    }
  }
  CHECK(bench.is_sound());
}
