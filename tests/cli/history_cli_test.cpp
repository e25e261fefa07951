// dateline-index keeps a history of its runs: DB/runs.jsonl.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

struct Bench : Workplace {
  Bench() { write_file(folder / "archive/1.txt", article_bytes("2023-03-03", "Talks resume")); }
  Outcome index(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", database});
    return run("dateline-index", arguments);
  }
  std::string history_file() const { return database + "/runs.jsonl"; }
  std::vector<nlohmann::json> history() const {
    std::vector<nlohmann::json> runs;
    std::istringstream lines(read_file(history_file()));
    for (std::string line; std::getline(lines, line);) runs.push_back(nlohmann::json::parse(line));
    return runs;
  }
};

}  // namespace

TEST_CASE(
    "every run leaves a line in the history: one that worked, one that failed, one that was locked "
    "out") {
  const Bench bench;
  write_file(bench.folder / "archive/bad.txt", "none\n");
  CHECK(bench.index({bench.archive}).status == 1);
  CHECK(bench.index({"--rebuild", bench.archive + "/none"}).status == 3);
  {
    const int lock = open((bench.database + "/lock").c_str(), O_RDWR);
    REQUIRE(flock(lock, LOCK_EX) == 0);
    CHECK(bench.index({bench.archive}).status == 75);
    close(lock);
  }
  CHECK(bench.index({"--compact"}).status == 0);
  CHECK(bench.index({"--backup", (bench.folder / "copy").string()}).status == 0);
  const auto runs = bench.history();
  REQUIRE(runs.size() == 5);
  CHECK(runs[0].at("action") == "index");
  CHECK(runs[0].at("status") == 1);
  CHECK(runs[0].at("added") == 1);
  CHECK(runs[0].at("failed") == 1);
  CHECK(runs[0].at("documents") == 1);
  CHECK(runs[0].at("folders") == nlohmann::json{bench.archive});
  CHECK(runs[1].at("action") == "rebuild");
  CHECK(runs[1].at("status") == 3);
  CHECK_THAT(runs[1].at("error"), Catch::Contains(bench.archive + "/none"));
  CHECK_FALSE(runs[1].contains("documents"));
  CHECK(runs[2].at("status") == 75);
  CHECK(runs[3].at("action") == "compact");
  CHECK(runs[4].at("action") == "backup");
  CHECK_FALSE(fs::exists(bench.folder / "copy/runs.jsonl"));
}

TEST_CASE(
    "--compact and --adopt that are stopped leave a line, and --health does not take it for a "
    "crash") {
  const Bench bench;
  REQUIRE(bench.index({bench.archive}).status == 0);
  const int signal = GENERATE(SIGTERM, SIGINT, SIGHUP);
  const int lock = open((bench.database + "/lock").c_str(), O_RDWR);
  REQUIRE(flock(lock, LOCK_EX) == 0);
  const std::string action = GENERATE("compact", "adopt");
  const std::string stub = bench.database + "/XAPIANDB";
  if (action == "adopt") fs::rename(stub, bench.folder / "stub");
  const std::vector<std::string> call = {"--db", bench.database, "--" + action, "--wait", "600"};
  Outcome stopped;
  for (double delay = 0.1; delay < 10 && bench.history().size() < 2; delay *= 2) {
    stopped = run_and_signal("dateline-index", call, signal, delay);
  }
  close(lock);
  CHECK(stopped.status == 128 + signal);
  const std::string why = fmt::format("stopped by signal {}", signal);
  CHECK(stopped.err == "dateline-index: " + why + "\n");
  const auto runs = bench.history();
  REQUIRE(runs.size() == 2);
  CHECK(runs[1].at("action") == action);
  CHECK(runs[1].at("status") == 128 + signal);
  CHECK(runs[1].at("stopped") == true);
  CHECK(runs[1].at("error") == why);
  CHECK(bench.index({"--" + action}).status == 0);
  CHECK(bench.history().size() == 3);
  CHECK_THAT(bench.index({"--health"}).out, !Catch::Contains("died"));
}

TEST_CASE("--compact and --backup that are stopped at work leave a line, and the next one works") {
  const Bench bench;
  for (int i = 0; i < 300; ++i) {
    write_file(bench.folder / fmt::format("archive/{}.txt", i),
               article_bytes("2023-03-03", fmt::format("Talks {} go on", i)));
  }
  REQUIRE(bench.index({bench.archive}).status == 0);
  const std::string copy = (bench.folder / "copy").string();
  const std::string action = GENERATE("compact", "backup");
  std::vector<std::string> call = {"--db", bench.database, "--" + action};
  if (action == "backup") call.push_back(copy);
  bool stopped = false;
  for (double delay = 0.005; delay < 10 && !stopped; delay *= 1.1) {
    fs::remove_all(copy);
    const Outcome outcome = run_and_signal("dateline-index", call, SIGTERM, delay);
    const auto last = bench.history().back();
    stopped = last.at("action") == action && last.at("status") == 128 + SIGTERM;
    if (stopped) CHECK(outcome.status == 128 + SIGTERM);
  }
  CHECK(stopped);
  CHECK_THAT(bench.index({"--health"}).out, !Catch::Contains("died"));
  CHECK(run("dateline-index", call).status == 0);
  CHECK(bench.history().back().at("status") == 0);
}

TEST_CASE("--compact and --backup that cannot begin leave a line") {
  const Bench bench;
  REQUIRE(bench.index({bench.archive}).status == 0);
  fs::rename(bench.database + "/gen-000001", bench.folder / "away");
  fs::create_directory_symlink(bench.folder / "away", bench.database + "/gen-000001");
  CHECK(bench.index({"--compact"}).status == 3);
  CHECK(bench.index({"--backup", (bench.folder / "copy").string()}).status == 3);
  const auto runs = bench.history();
  REQUIRE(runs.size() == 3);
  for (const auto* run : {&runs[1], &runs[2]}) {
    CHECK(run->at("status") == 3);
    CHECK_THAT(run->at("error"), Catch::Contains("gen-000001"));
  }
}

TEST_CASE("a night that rebuilds an index of older tables is an upgrade in the history") {
  const Bench bench;
  fs::copy(data_folder(), bench.folder / "data", fs::copy_options::recursive);
  write_file(bench.folder / "data/en/titles.tsv",
             read_file(data_folder() / "en/titles.tsv") + "zoologist general\n");
  const std::vector<std::string> night = {"--db", bench.database, bench.archive};
  const std::string older = (bench.folder / "data").string();
  REQUIRE(run("dateline-index", night, {{"DATELINE_DATA", older}}).status == 0);
  CHECK(bench.index({bench.archive}).status == 0);
  CHECK(bench.index({bench.archive}).status == 0);
  CHECK(bench.index({"--rebuild", bench.archive}).status == 0);
  std::vector<std::string> actions;
  for (const auto& run : bench.history()) actions.push_back(run.at("action"));
  CHECK(actions == std::vector<std::string>{"index", "upgrade", "index", "rebuild"});
  CHECK(bench.index({"--health"}).status == 0);
}

TEST_CASE("what changes nothing leaves no line, and no folder is made for one") {
  const Bench bench;
  CHECK(bench.index({"--dry-run", bench.archive}).status == 0);
  CHECK(bench.index({bench.archive + "/none"}).status == 3);
  CHECK_FALSE(fs::exists(bench.database));
  CHECK(bench.index({bench.archive}).status == 0);
  for (const auto* job : {"--stats", "--check", "--dump", "--audit"})
    CHECK(bench.index({job}).status == 0);
  CHECK(bench.index({"--dry-run", bench.archive}).status == 0);
  CHECK(bench.index({"--no-such-option"}).status == 2);
  CHECK(bench.history().size() == 1);
}

TEST_CASE("a history that meets the limit of a file's size says that it is too large") {
  const Bench bench;
  REQUIRE(bench.index({bench.archive}).status == 0);
  const std::string junk(999'999, 'x');
  write_file(bench.history_file(), junk + "\n");
  const std::vector<std::string> call = {"--db", bench.database, bench.archive};
  const Outcome outcome = run_with_file_limit("dateline-index", call, 1'000'010);
  CHECK(outcome.status == 74);
  CHECK_THAT(outcome.err, Catch::Contains(bench.history_file() + ": File too large"));
  CHECK(read_file(bench.history_file()) == junk + "\n");
}

TEST_CASE("a history that cannot be written is named, with 74, and the index is up to date") {
  const Bench bench;
  REQUIRE(bench.index({bench.archive}).status == 0);
  fs::remove(bench.history_file());
  fs::create_directories(bench.history_file());
  write_file(bench.folder / "archive/2.txt", article_bytes("2023-03-04", "Talks end"));
  const Outcome outcome = bench.index({bench.archive});
  CHECK(outcome.status == 74);
  CHECK_THAT(outcome.err,
             Catch::Contains("the history of runs cannot be written: " + bench.history_file()));
  CHECK_THAT(bench.index({"--stats"}).out, Catch::StartsWith("articles 2\n"));
  CHECK(bench.index({bench.archive + "/none"}).status == 3);  // what is worse counts
}
