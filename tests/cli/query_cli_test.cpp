// dateline-query from outside: what it prints and how it ends.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;

namespace {

// Four articles about a treaty and a strike.
struct Bench : Workplace {
  Bench() {
    write_file(folder / "archive/1.txt",
               article_bytes("2023-03-03",
                             "Treaty talks resume in Geneva\n\n\"We met,\" said Anna Lind, the "
                             "minister, in Geneva, Switzerland. \"It was a treaty.\""));
    write_file(folder / "archive/2.txt",
               article_bytes("2023-04-10",
                             "Rail strike\n\nThe strike began on Monday. \"We will not stop,\" "
                             "Omar Vance said in Oslo, Norway."));
    write_file(folder / "archive/3.txt",
               article_bytes(
                   "2024-01-05",
                   "Treaty signed\n\nAnna Lind said that the treaty was signed in Oslo, Norway."));
    write_file(folder / "archive/4.txt",
               article_bytes("2024-02-05", "Weather\n\nRain fell on the hills all day."));
    REQUIRE(run("dateline-index", {"--quiet", "--db", database, archive}).status == 0);
  }

  Outcome query(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", database});
    return run("dateline-query", arguments);
  }
  nlohmann::json json(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--format", "json"});
    return nlohmann::json::parse(query(arguments).out);
  }
  std::vector<std::string> names(std::vector<std::string> arguments) const {
    std::vector<std::string> found;
    const auto results = json(std::move(arguments));
    for (const auto& hit : results.at("hits")) {
      const auto path = hit.at("path").get<std::string>();
      found.push_back(path.substr(path.rfind('/') + 1));
    }
    return found;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("hits end with 0, none with 1") {
  const Bench bench;
  CHECK(bench.query({"treaty"}).status == 0);
  const Outcome none = bench.query({"xyzzy"});
  CHECK(none.status == 1);
  CHECK(bench.query({"--count", "xyzzy"}).out == "0\n");
  CHECK(bench.query({"--count", "treaty"}).out == "2\n");
}

TEST_CASE(
    "usage and queries that are not understood end with 2, with a caret where it went wrong") {
  const Bench bench;
  CHECK(bench.query({"--limit", "many", "treaty"}).status == 2);
  CHECK(bench.query({"--no-such-option"}).status == 2);
  CHECK(bench.query({"--format", "xml", "treaty"}).status == 2);
  CHECK(bench.query({"--facet", "weather", "treaty"}).status == 2);
  const Outcome bracket = bench.query({"(treaty"});
  CHECK(bracket.status == 2);
  CHECK(bracket.out.empty());
  CHECK_THAT(bracket.err, Catch::Contains("^"));
  const Outcome field = bench.query({"speeker:lind"});
  CHECK(field.status == 2);
  CHECK_THAT(field.err, Catch::Contains("speaker"));
  CHECK(bench.query({"date:2023-02-30"}).status == 2);
}

TEST_CASE("an index that is missing or damaged ends with 3, never with no hits") {
  const Bench bench;
  CHECK(run("dateline-query", {"--db", (bench.folder / "none.db").string(), "treaty"}).status == 3);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(bench.database)) {
    if (entry.path().filename() == "iamglass") write_file(entry.path(), "no database");
  }
  CHECK(bench.query({"treaty"}).status == 3);
}

TEST_CASE("a table that is cut short or gone is damage, never another answer") {
  for (const char* table : {"docdata.glass", "position.glass", "postlist.glass"}) {
    const Bench bench;
    const std::filesystem::path file = std::filesystem::path(bench.database) / "gen-000001" / table;
    REQUIRE(std::filesystem::exists(file));
    if (std::string_view(table) == "position.glass")
      std::filesystem::remove(file);
    else
      std::filesystem::resize_file(file, 100);
    const Outcome outcome = bench.query({"\"anna lind\""});
    INFO(table << ": " << outcome.out << outcome.err);
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err,
               Catch::Contains(
                   "hint: look for damage with dateline-index --check, rebuild with --rebuild\n"));
  }
}

TEST_CASE("fields, filters and ranges narrow the hits") {
  const Bench bench;
  CHECK(bench.names({"--sort", "oldest", "speaker:lind"}) == Names{"1.txt", "3.txt"});
  CHECK(bench.names({"place:Switzerland"}) == Names{"1.txt"});
  CHECK(bench.names({"--sort", "oldest", "country:NO"}) == Names{"2.txt", "3.txt"});
  CHECK(bench.names({"--sort", "oldest", "date:2023"}) == Names{"1.txt", "2.txt"});
  CHECK(bench.names({"--sort", "oldest", "date:2024.."}) == Names{"3.txt", "4.txt"});
  CHECK(bench.names({"mentions:2023-04-10"}) == Names{"2.txt"});
  CHECK(bench.names({"title:strike"}) == Names{"2.txt"});
  CHECK(bench.names({"--filter", "speaker=Anna Lind", "--filter", "year=2024"}) == Names{"3.txt"});
  CHECK(bench.names({"--sort", "newest", "treaty OR strike"}) == Names{"3.txt", "2.txt", "1.txt"});
}

TEST_CASE("paging and order are as asked") {
  const Bench bench;
  CHECK(bench.names({"--sort", "newest"}) == Names{"4.txt", "3.txt", "2.txt", "1.txt"});
  CHECK(bench.names({"--sort", "newest", "--limit", "2", "--offset", "1"}) ==
        Names{"3.txt", "2.txt"});
  CHECK(bench.names({"--sort", "oldest", "--limit", "1"}) == Names{"1.txt"});
}

TEST_CASE("--recent lifts an article of 30 days ago by half of half the best score") {
  const Bench bench;
  const auto score = [](const nlohmann::json& results, std::string_view name) {
    for (const auto& hit : results.at("hits")) {
      if (hit.at("path").get<std::string>().ends_with(name)) return hit.at("score").get<double>();
    }
    return -1.0;
  };
  const auto plain = bench.json({"treaty"});
  const auto recent = bench.json({"--recent", "30", "--today", "2024-02-04", "treaty"});
  const double best = plain.at("hits").at(0).at("score").get<double>();
  CHECK(recent.at("total") == plain.at("total"));
  CHECK(score(recent, "3.txt") == Approx(score(plain, "3.txt") + 0.25 * best));
  CHECK(score(recent, "1.txt") == Approx(score(plain, "1.txt")).margin(0.001 * best));
  CHECK(bench
            .names({"--match", "any", "--today", "2024-01-06", "--recent", "30",
                    "treaty treaty Switzerland"})
            .front() == "3.txt");
  CHECK(bench.names({"--match", "any", "treaty treaty Switzerland"}).front() == "1.txt");
  for (const char* wrong : {"-3", "soon"})
    CHECK(bench.query({"--recent", wrong, "treaty"}).status == 2);
}

TEST_CASE("facets count articles, the most first, as many as asked") {
  const Bench bench;
  const auto results =
      bench.json({"--facet", "speaker", "--facet", "year:1", "--facet", "country:all"});
  const auto& facets = results.at("facets");
  REQUIRE(facets.size() == 3);
  CHECK(facets[0].at("values").at(0) == nlohmann::json{{"value", "Anna Lind"}, {"count", 2}});
  CHECK(facets[1].at("values").size() == 1);
  CHECK(facets[1].at("distinct") == 2);
  CHECK(facets[2].at("values") ==
        nlohmann::json::parse(R"([{"value":"NO","count":2},{"value":"CH","count":1}])"));
}

TEST_CASE("--significant shows both counts and names its measure, in text and JSON") {
  const Bench bench;
  const auto results = bench.json({"--significant", "speaker", "treaty"});
  const auto& speakers = results.at("significant").at(0);
  CHECK(speakers.at("facet") == "speaker");
  CHECK(speakers.at("measure") == "log-likelihood");
  CHECK(speakers.at("values").at(0).at("value") == "Anna Lind");
  CHECK(speakers.at("values").at(0).at("count") == 2);
  CHECK(speakers.at("values").at(0).at("archive") == 2);
  CHECK_THAT(bench.query({"--significant", "speaker", "treaty"}).out,
             Catch::Contains("speaker over-represented (log-likelihood)\n               score  "
                             "hits  archive\n    Anna Lind    5.5     2        2\n"));
  const auto refused = bench.query({"--significant", "month", "treaty"});
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err,
             Catch::Contains("--significant month: a date of publication is no value to compare"));
}

TEST_CASE("--timeline counts the hits by unit, and names the units it knows") {
  const Bench bench;
  const auto results = bench.json({"--timeline", "year"});
  CHECK(results.at("timeline").at("unit") == "year");
  std::uint64_t sum = 0;
  for (const auto& row : results.at("timeline").at("rows"))
    sum += row.at("count").get<std::uint64_t>();
  CHECK(sum == results.at("total"));
  const auto refused = bench.query({"--timeline", "fortnight"});
  CHECK(refused.status == 2);
  CHECK(refused.err.find("--timeline fortnight: not one of day, week, month, year") !=
        std::string::npos);
}

TEST_CASE("--match any relaxes words, --plain takes every mark for text") {
  const Bench bench;
  CHECK(bench.names({"treaty strike"}).empty());
  CHECK(bench.names({"--match", "any", "--sort", "oldest", "treaty strike"}) ==
        Names{"1.txt", "2.txt", "3.txt"});
  CHECK(bench.names({"--match", "any", "--sort", "oldest", "(treaty OR nothing) strike"}) ==
        Names{"1.txt", "2.txt", "3.txt"});
  CHECK(bench.names({"--match", "any", "--sort", "oldest", "(treaty nothing) strike country:NO"}) ==
        Names{"2.txt", "3.txt"});
  CHECK(bench.query({"--plain", "(strike"}).status == 0);
  CHECK_THAT(bench.query({"--plain", "..."}).err, Catch::Contains("the query holds no word"));
}

TEST_CASE("--match any ranks by the words of the first hits as well, and matches what it matched") {
  const TemporaryFolder folder;
  for (int i = 0; i < 6; ++i) {
    write_file(folder / ("archive/strike" + std::to_string(i) + ".txt"),
               article_bytes("2023-03-03",
                             "Strike\n\nCommuters walked. The strike emptied the platforms and the "
                             "drivers marched."));
  }
  write_file(
      folder / "archive/other.txt",
      article_bytes(
          "2023-03-04",
          "Lightning\n\nThe strike hit an old oak near the chapel and split it, said the warden."));
  write_file(folder / "archive/topic.txt",
             article_bytes("2023-03-01",
                           "Drivers\n\nThe strike of commuters, drivers, platforms and those who "
                           "marched and walked."));
  for (int i = 0; i < 300; ++i)
    write_file(folder / ("archive/rain" + std::to_string(i) + ".txt"),
               article_bytes("2023-03-05", "Rain\n\nRain fell on the hills."));
  const std::string database = (folder / "index.db").string();
  REQUIRE(
      run("dateline-index", {"--quiet", "--db", database, (folder / "archive").string()}).status ==
      0);
  const auto ranks = [&](const std::string& match) {
    std::map<std::string, int> found;
    const auto json = nlohmann::json::parse(
        run("dateline-query", {"--db", database, "--format", "json", "--match", match, "strike"})
            .out);
    CHECK(json.at("total") == 8);
    for (const auto& hit : json.at("hits"))
      found[std::filesystem::path(hit.at("path").get<std::string>()).stem().string()] =
          hit.at("rank").get<int>();
    return found;
  };
  CHECK(ranks("any").at("other") == 8);
  CHECK(ranks("any").at("topic") < ranks("any").at("other"));
}

TEST_CASE("--queries runs a file of queries, in the form of TREC") {
  const Bench bench;
  write_file(bench.folder / "queries.tsv", "7\ttreaty\n8\tstrike\n");
  const Outcome outcome =
      bench.query({"--queries", (bench.folder / "queries.tsv").string(), "--format", "trec"});
  CHECK(outcome.status == 0);
  std::istringstream lines(outcome.out);
  std::vector<std::string> begins;
  for (std::string line; std::getline(lines, line);) begins.push_back(line.substr(0, 7));
  REQUIRE(begins.size() == 3);
  CHECK(begins[2] == "8 Q0 2 ");
}

TEST_CASE("a file of queries may begin with the mark of UTF-8") {
  const Bench bench;
  write_file(bench.folder / "queries.tsv", "\xEF\xBB\xBFq1\ttreaty\n");
  CHECK_THAT(
      bench.query({"--queries", (bench.folder / "queries.tsv").string(), "--format", "trec"}).out,
      Catch::StartsWith("q1 Q0 "));
}

TEST_CASE("--queries names file and line of what it cannot run, runs the others, and ends with 2") {
  const Bench bench;
  const std::string file = (bench.folder / "queries.tsv").string();
  write_file(file, "7\ttreaty\r\n\tstrike\nno id\n8\t(strike\n9\tspeaker:xyzzy\n");
  const Outcome outcome = bench.query({"--queries", file, "--limit", "0"});
  CHECK(outcome.status == 2);
  CHECK(outcome.out ==
        "== 7: treaty\n\n2 of 4 articles\n\n== 9: speaker:xyzzy\n\n0 of 4 articles\n\n");
  CHECK_THAT(outcome.err, Catch::StartsWith("dateline-query: " + file +
                                            ":2: no \"id TAB query\":  strike\ndateline-query: " +
                                            file + ":3: no \"id TAB query\": no id\n"));
  CHECK_THAT(outcome.err, Catch::Contains(file + ":4: a bracket is not closed\n  (strike\n  ^\n") &&
                              Catch::Contains(file + ":5: no article has"));
}

TEST_CASE("--queries counts with --count, reads standard input for -, and takes no folder") {
  const Bench bench;
  write_file(bench.folder / "queries.tsv", "7\ttreaty\n8\txyzzy\n");
  CHECK(bench.query({"--queries", (bench.folder / "queries.tsv").string(), "--count"}).out ==
        "7\t2\n8\t0\n");
  const Outcome piped =
      run_tool("sh", {"-c", "printf '7\\ttreaty\\n' | \"$0\" --db \"$1\" --queries - --count",
                      query_program(), bench.database});
  CHECK(piped.out == "7\t2\n");
  const Outcome folder = bench.query({"--queries", bench.archive});
  CHECK(folder.status == 2);
  CHECK_THAT(folder.err, Catch::Contains("--queries " + bench.archive + ": cannot be read"));
}

TEST_CASE("an option that would be passed over in silence is refused, with what goes instead") {
  const Bench bench;
  const auto refused = [&](std::vector<std::string> arguments) {
    const Outcome outcome = bench.query(std::move(arguments));
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Catch::Contains("\nhint: "));
    return outcome.err;
  };
  for (const std::string other :
       {"--format=json", "--facet=speaker", "--timeline=year", "--all", "--significant=speaker"}) {
    CHECK_THAT(
        refused({"--count", other, "treaty"}),
        Catch::Contains("--count and " + other.substr(0, other.find('=')) + " exclude each other"));
  }
  for (const std::string other : {"--sort=newest", "--recent=5", "--offset=3", "--quotes"})
    CHECK_THAT(refused({"--count", other, "treaty"}), Catch::Contains("--count and"));
  CHECK_THAT(refused({"--show", bench.archive + "/1.txt", "--offset", "3"}),
             Catch::Contains("--show and --offset"));
  CHECK_THAT(refused({"--quotes", "--format", "paths", "treaty"}),
             Catch::Contains("--quotes: --format paths"));
  CHECK_THAT(refused({"--format", "paths", "-0", "--facet", "speaker"}),
             Catch::Contains("--null and --facet"));
  CHECK_THAT(refused({"--recent", "9", "--sort", "newest", "treaty"}), Catch::Contains("--recent"));
  for (const std::string other : {"--facet-min=2", "--facet-prefix=a", "--facet-sort=name"}) {
    CHECK_THAT(refused({other, "treaty"}),
               Catch::Contains(other.substr(0, other.find('=')) + " goes with --facet only"));
  }
  CHECK_THAT(refused({"--show", bench.archive + "/1.txt", "treaty"}),
             Catch::Contains("--show and the query \"treaty\" exclude each other"));
  CHECK_THAT(refused({"--fields", "treaty"}), Catch::Contains("--fields and the query \"treaty\""));
  CHECK_THAT(refused({"--show", bench.archive + "/1.txt", "--format", "csv"}),
             Catch::Contains("--show: --format csv") && Catch::Contains("--format json does"));
}

TEST_CASE("--explain is on standard error where the format has no place for it") {
  const Bench bench;
  for (const std::string format : {"csv", "tsv", "paths", "trec"}) {
    CHECK_THAT(bench.query({"--format", format, "--explain", "treaty"}).err,
               Catch::StartsWith("tokens:"));
    CHECK(bench.query({"--format", format, "--explain", "treaty"}).out ==
          bench.query({"--format", format, "treaty"}).out);
  }
  const Outcome counted = bench.query({"--count", "--explain", "treaty"});
  CHECK(counted.out == "2\n");
  CHECK_THAT(counted.err, Catch::StartsWith("tokens:"));
  CHECK(bench.query({"--explain", "treaty"}).err.empty());
}

TEST_CASE("an empty value, and a prefix without a letter, name nothing") {
  const Bench bench;
  for (const std::string option : {"--show", "--more-like", "--filter", "--facet", "--queries",
                                   "--facet-prefix", "--today", "--format"}) {
    const Outcome outcome = bench.query({option, ""});
    INFO(option << outcome.err);
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, Catch::Contains(option));
  }
  CHECK_THAT(bench.query({"--facet", "speaker", "--facet-prefix", "."}).err,
             Catch::Contains("--facet-prefix .: no letter or digit in it"));
}

TEST_CASE("no message drives the terminal") {
  const Bench bench;
  using Arguments = std::vector<std::string>;
  for (const auto& arguments : {Arguments{"--more-like", "\x1b[31mevil\nx"},
                                {"--filter", "\x1b[31m=x"},
                                {"--format", "\x1b[31m"},
                                {"--\x1b[31m"},
                                {"--", "speaker:\x1b[31m*x"},
                                {"--facet", "\x1b[31m,\x1b[31m"},
                                {"--show", "\x1b[31m"},
                                {"--db", "\x1b[31m", "x"}}) {
    const Outcome outcome = bench.query(arguments);
    INFO(outcome.err);
    CHECK(outcome.status > 0);
    CHECK(outcome.err.find('\x1b') == std::string::npos);
    CHECK(outcome.err.find("evil\n") == std::string::npos);
  }
  CHECK(run("dateline-index", {"--db", "\x1b[31m", "--stats"}).err.find('\x1b') ==
        std::string::npos);
}

TEST_CASE("a long query is shown around the place where it went wrong") {
  const Bench bench;
  std::string query = "(treaty";
  for (int i = 0; i < 60; ++i) query = "w\xc3\xb6rd " + query + " more";
  const Outcome outcome = bench.query({query});
  CHECK(outcome.status == 2);
  const auto begin = outcome.err.find('\n') + 1;
  const std::string line = outcome.err.substr(begin, outcome.err.find('\n', begin) - begin);
  CHECK_THAT(line,
             Catch::StartsWith("  \xe2\x80\xa6") &&
                 Catch::EndsWith(" w\xc3\xb6rd (treaty more more more more more more\xe2\x80\xa6"));
  CHECK_THAT(outcome.err,
             Catch::EndsWith("\n" + std::string(40, ' ') + "^\nhint: close it with )\n"));
}

TEST_CASE("output that cannot be written ends with 74, not with the status of the database") {
  const Bench bench;
  const auto full = [&](const std::string& command) {
    return run_tool("sh", {"-c",
                           "DATELINE_DATA='" + (source_folder() / "data").string() + "' " +
                               command + " > /dev/full",
                           query_program(), index_program(), bench.database, bench.archive});
  };
  CHECK(full("\"$0\" --db \"$2\"").status == 74);
  CHECK(full("\"$1\" --db \"$2\" --dump").status == 74);
  CHECK(full("\"$1\" --extract \"$3\"").status == 74);
}

TEST_CASE("the last value of an option counts, and what was mistyped is told") {
  const Bench bench;
  CHECK(bench.names({"--limit", "3", "--sort", "oldest", "-n", "1"}) == Names{"1.txt"});
  CHECK_THAT(bench.query({"--limt", "3", "treaty"}).err, Catch::Contains("did you mean --limit?"));
  CHECK_THAT(bench.query({"treaty", "-talks"}).err,
             Catch::Contains("quote a query, 'treaty -talks'"));
  CHECK(bench.query({"--facet", "SPEAKER"}).out == bench.query({"--facet", "speaker"}).out);
  CHECK(bench.names({"--filter", "Speaker=Omar Vance"}) == Names{"2.txt"});
  CHECK_THAT(bench.query({"--facet", "speaker,place"}).err,
             Catch::Contains("one --facet for each: --facet speaker --facet place"));
  CHECK_THAT(bench.query({"--facet", "speaker:0"}).err,
             Catch::Contains("--facet speaker:0: less than 1 value"));
  CHECK_THAT(bench.query({"--collapse", "treaty"}).err,
             Catch::EndsWith(
                 "--collapse treaty: not one of near, none\nhint: for example --collapse near\n"));
}

TEST_CASE("a value that is no number is refused with a call that works") {
  const auto refused = [](std::vector<std::string> arguments) {
    const Outcome outcome = run("dateline-query", arguments);
    CHECK(outcome.status == 2);
    return outcome.err;
  };
  CHECK(refused({"-n", "x"}) ==
        "dateline-query: --limit x: not a number\nhint: for example -n 20\n");
  CHECK(refused({"-n", "-1"}) ==
        "dateline-query: --limit -1: less than 0\nhint: for example -n 20\n");
  CHECK(refused({"-n", "1.5"}) ==
        "dateline-query: --limit 1.5: not a whole number\nhint: for example -n 20\n");
  CHECK(refused({"-n", "99999999999999999999"}) ==
        "dateline-query: --limit 99999999999999999999: out of range\nhint: for example -n 20\n");
  CHECK(refused({"--recent", "x"}) ==
        "dateline-query: --recent x: not a number\nhint: for example --recent 20\n");
  CHECK(refused({"--recent", "-1"}) ==
        "dateline-query: --recent -1: less than 0\nhint: for example --recent 20\n");
}

TEST_CASE("a database that is not named may be named in the settings file, which is told") {
  for (const std::string program : {"dateline-query", "dateline-index"}) {
    const Outcome outcome =
        run(program, {}, {{"XDG_CONFIG_HOME", "/nowhere/config"}, {"DATELINE_DB", ""}});
    CHECK(outcome.status == 2);
    CHECK(outcome.err == program +
                             ": no database named\nhint: name it with --db DB, in the environment, "
                             "DATELINE_DB=DB, or in "
                             "/nowhere/config/dateline/config with a line db = DB\n");
  }
}

TEST_CASE("--all gives every hit in every format, and pages put together are the same list") {
  const TemporaryFolder folder;
  for (int i = 0; i < 1203; ++i)
    write_file(folder / ("archive/" + std::to_string(i) + ".txt"),
               article_bytes("2023-03-03", "Treaty\n\nA treaty."));
  const std::string database = (folder / "index.db").string();
  REQUIRE(
      run("dateline-index", {"--quiet", "--db", database, (folder / "archive").string()}).status ==
      0);
  const auto query = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--db", database, "--format", "paths"});
    return run("dateline-query", arguments).out;
  };
  const std::string all = query({"--all", "treaty"});
  CHECK(std::ranges::count(all, '\n') == 1203);
  CHECK(query({"--limit", "1200", "treaty"}) + query({"--all", "--offset", "1200", "treaty"}) ==
        all);
  std::string pages;
  for (int offset = 0; offset < 1203; offset += 250)
    pages += query({"--limit", "250", "--offset", std::to_string(offset), "treaty"});
  CHECK(pages == all);
  const auto json = nlohmann::json::parse(
      run("dateline-query", {"--db", database, "--all", "--format", "json", "--facet", "year"})
          .out);
  CHECK(json.at("hits").size() == 1203);
  CHECK(json.at("hits").at(1202).at("rank") == 1203);
  CHECK(json.at("facets").at(0).at("values").at(0).at("count") == 1203);
}

// Sixty words; those from `begin` to `end` are others of the name `mark`. Every twentieth is
// "treaty".
std::string sixty_words(int begin, int end, const std::string& mark) {
  std::string text;
  for (int i = 0; i < 60; ++i) {
    if (i % 20 == 5 && (i < begin || i >= end))
      text += "treaty ";
    else
      text += fmt::format("{}{} ", i >= begin && i < end ? mark : "word", i);
  }
  return text;
}

TEST_CASE("how many hits are left after folding does not depend on how many are shown") {
  const TemporaryFolder folder;
  write_file(folder / "archive/both.txt", article_bytes("2023-01-01", sixty_words(0, 0, "")));
  write_file(folder / "archive/first.txt",
             article_bytes("2023-01-03", sixty_words(0, 20, "first")));
  write_file(folder / "archive/last.txt", article_bytes("2023-01-02", sixty_words(40, 60, "last")));
  const std::string database = (folder / "index.db").string();
  REQUIRE(
      run("dateline-index", {"--quiet", "--db", database, (folder / "archive").string()}).status ==
      0);
  // The one with most of the word ranks first, and both others are copies of it, but not of each
  // other.
  for (const char* limit : {"0", "1", "10"}) {
    CHECK_THAT(
        run("dateline-query", {"--db", database, "--collapse", "near", "--limit", limit, "treaty"})
            .out,
        Catch::Contains("1 of 3 articles, 2 near copies folded"));
  }
  CHECK(run("dateline-query", {"--db", database, "--collapse", "near", "--count", "treaty"}).out ==
        "1\n");
  CHECK_THAT(
      run("dateline-query", {"--db", database, "--collapse", "near", "--sort", "newest", "treaty"})
          .out,
      Catch::Contains("2 of 3 articles, 1 near copy folded"));
}

TEST_CASE(
    "--collapse near shows one of several copies and says how many; facets count before it or "
    "after") {
  const TemporaryFolder folder;
  const std::string story =
      "Treaty signed in Oslo\n\nDelegates of forty states signed the treaty on the seabed in Oslo, "
      "Norway, on Friday after nine years of talks. "
      "Anna Lind said that the text was a compromise nobody loved and everybody could read.\n\n"
      "The treaty will come into force when twenty parliaments have agreed to it, which may take "
      "until the end of the decade.";
  write_file(folder / "archive/a.txt", article_bytes("2023-03-03", story));
  write_file(folder / "archive/b.txt", article_bytes("2023-03-04", story + " More follows."));
  write_file(folder / "archive/c.txt", article_bytes("2023-03-05", "Desk: " + story));
  write_file(folder / "archive/d.txt",
             article_bytes("2023-03-06",
                           "Weather\n\nRain fell on the treaty houses of Bergen, Norway, all day, "
                           "and the wind was strong."));
  const std::string database = (folder / "index.db").string();
  REQUIRE(
      run("dateline-index", {"--quiet", "--db", database, (folder / "archive").string()}).status ==
      0);
  const auto json = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--db", database, "--format", "json", "--facet", "country",
                                         "--timeline", "year"});
    return nlohmann::json::parse(run("dateline-query", arguments).out);
  };
  const auto before = json({"--collapse", "near", "--sort", "newest", "treaty"});
  CHECK(before.at("total") == 2);
  CHECK(before.at("folded") == 2);
  REQUIRE(before.at("hits").size() == 2);
  CHECK(before.at("hits").at(0).at("copies") == 0);
  CHECK(before.at("hits").at(1).at("copies") == 2);
  CHECK(before.at("hits").at(1).at("path").get<std::string>().ends_with("c.txt"));
  CHECK(before.at("facets").at(0).at("values").at(0).at("count") == 4);
  CHECK(before.at("timeline").at("rows").at(0).at("count") == 4);
  const auto after =
      json({"--collapse", "near", "--facet-collapsed", "--sort", "newest", "treaty"});
  CHECK(after.at("hits") == before.at("hits"));
  CHECK(after.at("facets").at(0).at("values").at(0).at("count") == 2);
  CHECK(after.at("timeline").at("rows").at(0).at("count") == 2);
  const auto filtered =
      json({"--collapse", "near", "--facet-collapsed", "--filter", "country=NO", "treaty"});
  CHECK(filtered.at("facets").at(0).at("values").at(0).at("count") == 2);
  const auto second =
      json({"--collapse", "near", "--sort", "newest", "--offset", "1", "--limit", "1", "treaty"});
  CHECK(second.at("hits").at(0).at("copies") == 2);
  CHECK(json({"treaty"}).at("total") == 4);
  CHECK(run("dateline-query", {"--db", database, "--facet-collapsed", "treaty"}).status == 2);
  CHECK(run("dateline-query", {"--db", database, "--collapse", "far", "treaty"}).status == 2);
  CHECK_THAT(run("dateline-query", {"--db", database, "--collapse", "near", "treaty"}).out,
             Catch::Contains("and 2 near copies"));
  CHECK(run("dateline-index", {"--db", database, "--check"}).status == 0);
}

TEST_CASE(
    "places that no gazetteer has are left out of facets and filters but with --guessed-places, "
    "and "
    "place: finds them") {
  const TemporaryFolder folder;
  write_file(folder / "archive/a.txt",
             article_bytes("2023-03-03", "Floods\n\nWater closed Marlow Creek in Oslo, Norway."));
  write_file(folder / "archive/b.txt",
             article_bytes("2023-03-04", "Mud\n\nMud closed Marlow Creek in Bergen, Norway."));
  const std::string database = (folder / "index.db").string();
  REQUIRE(
      run("dateline-index", {"--quiet", "--db", database, (folder / "archive").string()}).status ==
      0);
  const auto json = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"--db", database, "--format", "json", "--facet", "place:all"});
    return nlohmann::json::parse(run("dateline-query", arguments).out);
  };
  const auto counted = [](const nlohmann::json& result) {
    for (const auto& row : result.at("facets").at(0).at("values")) {
      if (row.at("value") == "Marlow Creek") return row.at("count").get<int>();
    }
    return 0;
  };
  CHECK(counted(json({"closed"})) == 0);
  CHECK(counted(json({"--guessed-places", "closed"})) == 2);
  const auto kept = json({"--filter", "place=Marlow Creek", "closed"});
  CHECK(kept.at("total") == 0);
  CHECK(kept.at("notice_values").at(0).at("kind") == "guessed-filter");
  CHECK(json({"--guessed-places", "--filter", "place=Marlow Creek", "closed"}).at("total") == 2);
  CHECK(json({"place:\"Marlow Creek\""}).at("total") == 2);
  CHECK(json({"country:NO"}).at("total") == 2);
  CHECK(json({"--guessed-places", "country:NO"}).at("total") == 2);
  CHECK(run("dateline-index", {"--db", database, "--check"}).status == 0);
}

TEST_CASE(
    "--more-like finds articles of the same matter, not the article itself, and a query filters "
    "them") {
  const Bench bench;
  const auto like = bench.names({"--more-like", bench.archive + "/1.txt"});
  REQUIRE_FALSE(like.empty());
  CHECK(like.front() == "3.txt");
  CHECK(std::ranges::find(like, "1.txt") == like.end());
  CHECK(bench.names({"--more-like", bench.archive + "/1.txt", "date:2023"}) != like);
  const Outcome unknown = bench.query({"--more-like", "/nowhere.txt"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.err, Catch::Contains("--more-like /nowhere.txt"));
}

TEST_CASE("options of output that do not go together are said") {
  const Bench bench;
  const auto refused = [&](std::vector<std::string> arguments) {
    const Outcome outcome = bench.query(std::move(arguments));
    CHECK(outcome.status == 2);
    return outcome.err;
  };
  CHECK_THAT(refused({"--all", "--queries", "none.tsv"}), Catch::Contains("--queries and --all"));
  CHECK_THAT(refused({"--limit=-1", "treaty"}), Catch::Contains("--limit -1: less than 0"));
  CHECK_THAT(refused({"-0", "treaty"}), Catch::Contains("--format paths"));
  CHECK_THAT(refused({"--queries", "none.tsv", "--format", "csv"}),
             Catch::Contains("--format csv") && Catch::Contains("jsonl"));
  CHECK_THAT(refused({"--format", "xml", "treaty"}),
             Catch::Contains("text, json, jsonl, csv, tsv, paths, trec"));
}

TEST_CASE(
    "--show prints an article with its record, --fields what can be asked, --explain how it was "
    "understood") {
  const Bench bench;
  const Outcome shown = bench.query({"--show", bench.archive + "/1.txt"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("Anna Lind") && Catch::Contains("was a treaty"));
  CHECK(bench.query({"--show", bench.archive + "/9.txt"}).status == 1);
  CHECK_THAT(bench.query({"--fields"}).out,
             Catch::Contains("speaker") && Catch::Contains("mentions"));
  CHECK_THAT(bench.query({"--explain", "speaker:lind treaty"}).out, Catch::Contains("Anna Lind"));
}

TEST_CASE("DATELINE_DB names the index when no option does") {
  const Bench bench;
  CHECK(run("dateline-query", {"--count", "treaty"}, {{"DATELINE_DB", bench.database}}).out ==
        "2\n");
  const Outcome nothing = run("dateline-query", {"treaty"});
  CHECK(nothing.status == 2);
  CHECK_THAT(nothing.err, Catch::Contains("--db"));
}

TEST_CASE("today is --today for relative days") {
  const Bench bench;
  CHECK(bench.names({"--today", "2024-02-05", "date:today"}) == Names{"4.txt"});
  CHECK(bench.names({"--today", "2024-02-20", "date:last-month"}) == Names{"3.txt"});
  CHECK(bench.names({"--today", "2024-02-05", "date:32d.."}) == Names{"4.txt", "3.txt"});
}

TEST_CASE("what is too large is refused before the index sees it") {
  const Bench bench;
  CHECK(bench.query({std::string(5000, 'a')}).status == 2);
  CHECK(bench.query({std::string(60, '(') + "a" + std::string(60, ')')}).status == 2);
  CHECK(bench.query({"a*"}).status == 2);
}

TEST_CASE("a reader that goes away is no error") {
  const Bench bench;
  // The reader closes its end, then lets the program begin.
  const std::string gate = (bench.folder / "gate").string();
  const std::string script =
      "mkfifo \"$2\"; (read go < \"$2\"; \"$0\" --db \"$1\"; echo status $? >&2) |"
      " (exec 0<&-; echo go > \"$2\")";
  const Outcome outcome = run_tool("sh", {"-c", script, query_program(), bench.database, gate});
  CHECK(outcome.err == "status 0\n");
}

TEST_CASE(
    "near: of a town that bears a country's other name means the one named in most articles, and "
    "says so") {
  Workplace bench;
  write_file(
      bench.folder / "archive/1.txt",
      article_bytes("2023-03-03", "Tulips\n\nThe fields of Holland, Michigan, were in flower."));
  REQUIRE(run("dateline-index", {"--quiet", "--db", bench.database, bench.archive}).status == 0);
  const auto near = [&] {
    return run("dateline-query", {"--db", bench.database, "--count", "near:\"Holland,20mi\""});
  };
  CHECK(near().out == "1\n");
  for (const std::string name : {"2.txt", "3.txt"})
    write_file(bench.folder / "archive" / name,
               article_bytes("2023-03-04", "Talks\n\nThe Netherlands left the talks."));
  REQUIRE(run("dateline-index", {"--quiet", "--db", bench.database, bench.archive}).status == 0);
  CHECK(near().out == "2\n");
  CHECK_THAT(near().err,
             Catch::Contains("means Netherlands, the most named; not Holland, Michigan, US"));
}

TEST_CASE("near: filters by distance; what is wrong with it is pointed at") {
  const Bench bench;
  CHECK(bench.names({"--sort", "oldest", "near:Oslo,30km"}) == Names{"2.txt", "3.txt"});
  CHECK(bench.names({"near:\"46.2,6.1,30mi\""}) == Names{"1.txt"});
  CHECK_THAT(bench.query({"--fields"}).out, Catch::Contains("near:\"Geneva,50km\""));
  const Outcome distance = bench.query({"near:Oslo,far"});
  CHECK(distance.status == 2);
  CHECK_THAT(distance.err, Catch::Contains("\"far\" is no distance") && Catch::Contains("^"));
  const Outcome unknown = bench.query({"near:Atlantis,30km"});
  CHECK(unknown.status == 1);
  CHECK_THAT(unknown.err, Catch::Contains("no article names a place \"Atlantis\""));
}
