// dateline-index --stats and --audit: what the index holds, and what it does not.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;

namespace {

struct Bench : Workplace {
  Bench() {
    write_file(folder / "archive/1.txt",
               article_bytes("2023-03-03",
                             "Talks resume\n\n\"We met three times,\" said Anna Lind in Oslo."));
    write_file(folder / "archive/2.txt", article_bytes("2023-03-06", "Talks end"));
    write_file(folder / "archive/bad.txt", "none\n");
    write_file(folder / "archive/caf\xe9.txt", "");
    REQUIRE(run("dateline-index", {"--db", database, archive}).status == 1);
  }
  Outcome ask(std::vector<std::string> more) const {
    more.insert(more.end(), {"--db", database});
    return run("dateline-index", more);
  }
};

}  // namespace

TEST_CASE("--stats counts what is there and what failed, as text and as JSON") {
  const Bench bench;
  const Outcome text = bench.ask({"--stats"});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::StartsWith("articles 2\npublished 2023-03-03 to 2023-03-06\n"));
  CHECK_THAT(text.out, Catch::Contains("\nspeaker names 1\n") &&
                           Catch::Contains("\nfailed empty 1\nfailed no-date 1\n"));
  const auto json = nlohmann::json::parse(bench.ask({"--stats", "--json"}).out);
  CHECK(json.at("version") == 1);
  CHECK(json.at("articles") == 2);
  CHECK(json.at("published") == nlohmann::json{{"first", "2023-03-03"}, {"last", "2023-03-06"}});
  CHECK(json.at("names").at("place") == 1);
  CHECK(json.at("failed") == nlohmann::json{{"empty", 1}, {"no-date", 1}});
  CHECK(json.at("generation") == "gen-000001");
  CHECK(json.at("bytes") > 0);
  CHECK(json.at("last_run").at("status") == 1);
  CHECK_THAT(text.out, Catch::Contains("\nlast run index 2") && Catch::EndsWith("Z status 1\n"));
}

TEST_CASE("--stats --failed names the files that failed, with reasons") {
  const Bench bench;
  CHECK(bench.ask({"--stats", "--failed"}).out ==
        "no-date " + bench.archive + "/bad.txt\nempty " + bench.archive + "/caf\xef\xbf\xbd.txt\n");
  const std::string lines = bench.ask({"--stats", "--failed", "--json"}).out;
  auto first = nlohmann::json::parse(lines.substr(0, lines.find('\n')));
  CHECK(first.at("since").get<std::string>().size() == 10);
  first.erase("since");
  CHECK(first ==
        nlohmann::json{{"path", bench.archive + "/bad.txt"}, {"reason", "no-date"}, {"size", 5}});
  CHECK(nlohmann::json::parse(lines.substr(lines.find('\n'))).contains("path_base64"));
}

TEST_CASE("--audit says which days have no article and which files failed") {
  const Bench bench;
  const Outcome all = bench.ask({"--audit"});
  CHECK(all.status == 0);
  CHECK_THAT(all.out,
             Catch::StartsWith("2023-03-03 to 2023-03-06: 2 articles on 2 of 4 days\nno article "
                               "2023-03-04 to 2023-03-05 (2 days)\nfailed no-date "));
  const auto json =
      nlohmann::json::parse(bench.ask({"--audit", "2023-03-02..2023-03-03", "--json"}).out);
  CHECK(json.at("empty") ==
        nlohmann::json::parse(R"([{"first":"2023-03-02","last":"2023-03-02"}])"));
  CHECK(json.at("failed").size() == 2);
}

TEST_CASE("output that cannot be written is an error, a reader that has gone is none") {
  const Bench bench;
  const auto shell = [&](const std::string& output) {
    return run_tool("bash", {"-c", "set -o pipefail; " + index_program() + " --db " +
                                       bench.database + " --stats " + output});
  };
  const Outcome full = shell("> /dev/full");
  CHECK(full.status == 74);
  CHECK_THAT(full.err, Catch::Contains("standard output: No space left on device"));
  CHECK(shell("| true").status == 0);
}

TEST_CASE("an option out of its place, and a range that is none, are named") {
  const Bench bench;
  const auto complaint = [&](const std::vector<std::string>& arguments) {
    const Outcome outcome = bench.ask(arguments);
    CHECK(outcome.status == 2);
    return outcome.err;
  };
  CHECK_THAT(complaint({"--audit", "2023-13"}), Catch::Contains("--audit 2023-13: "));
  CHECK_THAT(complaint({"--audit", "2023", "2024"}),
             Catch::Contains("--audit: \"2024\" after the range"));
  CHECK_THAT(complaint({"--failed", bench.archive}),
             Catch::Contains("--failed goes with --stats only"));
  CHECK_THAT(complaint({"--json", bench.archive}),
             Catch::Contains("--json goes with --stats and --audit only"));
  CHECK_THAT(complaint({"--max-delete", "-3", bench.archive}),
             Catch::Contains("--max-delete -3: less than 0"));
  CHECK_THAT(complaint({"--backup", ""}), Catch::Contains("--backup: no FOLDER named"));
  CHECK_THAT(complaint({"--check", "--dry-run"}),
             Catch::Contains("--dry-run goes with indexing only"));
}

TEST_CASE("an option beside an action that does not use it is refused, and both are named") {
  const Workplace bench;
  const std::string place = (bench.folder / "none").string();
  const std::map<std::string, std::vector<std::string>> actions = {
      {"", {place}},          {"--extract", {place}},
      {"--explain", {place}}, {"--stats", {}},
      {"--health", {}},       {"--audit", {}},
      {"--dump", {}},         {"--check", {}},
      {"--compact", {}},      {"--backup", {place + "/copy"}},
      {"--adopt", {}},        {"--preview-aliases", {place}}};
  const std::set<std::string> indexing = {""};
  struct Row {
    std::vector<std::string> option;
    std::set<std::string> actions;
  };
  const std::vector<Row> rows = {
      {{"--dry-run"}, indexing},
      {{"--rebuild"}, indexing},
      {{"--no-upgrade"}, indexing},
      {{"--max-delete", "1"}, indexing},
      {{"--forget", place}, indexing},
      {{"--exclude-list", place}, indexing},
      {{"--any-date"}, {"", "--extract"}},
      {{"--retry-failed"}, indexing},
      {{"--verify-files"}, indexing},
      {{"--verify-files", "--verify-rate", "1"}, indexing},
      {{"--aliases", place}, indexing},
      {{"--aliases", place, "--max-alias-changes", "1"}, indexing},
      {{"--wait", "0"}, {"", "--compact", "--adopt"}},
      {{"--time-limit", "1"}, indexing},
      {{"--jobs", "1"}, {"", "--extract"}},
      {{"--summary", place + "/summary"}, {"", "--compact", "--backup", "--adopt"}},
      {{"--errors", place + "/errors"}, indexing},
      {{"--verbose"}, indexing},
      {{"--quiet"}, {"", "--check", "--compact", "--backup", "--adopt"}},
      {{"--failed"}, {"--stats"}},
      {{"--max-age", "1d"}, {"--health"}},
      {{"--max-gap", "1d"}, {"--health"}},
      {{"--prometheus"}, {"--health"}},
      {{"--json"}, {"--stats", "--audit"}},
  };
  for (const auto& row : rows) {
    for (const auto& [action, arguments] : actions) {
      std::vector<std::string> call = {"--db", place};
      if (!action.empty()) call.push_back(action);
      call.insert(call.end(), arguments.begin(), arguments.end());
      call.insert(call.end(), row.option.begin(), row.option.end());
      const Outcome outcome = run("dateline-index", call);
      const bool refused = outcome.err.find("goes with") != std::string::npos;
      INFO(row.option.front() << " " << action << ": " << outcome.err);
      CHECK(refused != row.actions.contains(action));
      if (!refused) continue;
      CHECK(outcome.status == (action == "--health" ? 3 : 2));
      CHECK_THAT(outcome.err,
                 Catch::Contains(row.option.front() + " goes with") && Catch::Contains(action));
    }
  }
}

TEST_CASE("settings of the file that an action does not use are no mistake") {
  const Bench bench;
  write_file(bench.folder / "config/dateline/config",
             "[index]\njobs = 1\nwait = 1\ntime-limit = 9\n");
  const std::map<std::string, std::string> place{
      {"XDG_CONFIG_HOME", (bench.folder / "config").string()}};
  CHECK(run("dateline-index", {"--db", bench.database, "--stats"}, place).status == 0);
  CHECK(run("dateline-index",
            {"--db", bench.database, "--backup", (bench.folder / "copy").string()}, place)
            .status == 0);
}
