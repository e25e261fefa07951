// dateline-index --aliases, --preview-aliases: one person under several names, by the user's word.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;

namespace {

struct Bench : Workplace {
  std::string file = (folder / "aliases.tsv").string();

  Bench() {
    write_file(folder / "archive/1.txt",
               article_bytes(
                   "2023-03-03",
                   "Talks\n\n\"We met,\" said Anna Lind, the minister. \"So it is,\" Bo Ek said."));
    write_file(folder / "archive/2.txt",
               article_bytes(
                   "2023-03-04",
                   "Talks\n\n\"We met,\" said Anna Lind-Berg. Later Anna Lind said it was late."));
    write_file(
        folder / "archive/3.txt",
        article_bytes("2023-03-05", "Talks\n\n\"We met,\" said Anna Lind-Berg, the minister."));
    REQUIRE(index({archive}).status == 0);
  }
  Outcome index(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", database});
    return run("dateline-index", arguments);
  }
  nlohmann::json speakers() const {
    const auto results = nlohmann::json::parse(
        run("dateline-query", {"--db", database, "--format", "json", "--facet", "speaker:all"})
            .out);
    nlohmann::json counts;
    for (const auto& value : results.at("facets").at(0).at("values"))
      counts[value.at("value").get<std::string>()] = value.at("count");
    return counts;
  }
  std::string count(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", database, "--count"});
    return run("dateline-query", arguments).out;
  }
};

}  // namespace

TEST_CASE("aliases join names in facets, filters and searches, and are kept by later runs") {
  const Bench bench;
  REQUIRE(bench.speakers() ==
          nlohmann::json{{"Anna Lind", 2}, {"Anna Lind-Berg", 2}, {"Bo Ek", 1}});
  write_file(bench.file, "Anna Lind\tAnna Lind-Berg\nBo Ek\t\n");

  const Outcome preview = bench.index({"--preview-aliases", bench.file});
  CHECK(preview.out ==
        "Anna Lind (2 articles) -> Anna Lind-Berg (2, then 3 articles)\nBo Ek (1 article) -> no "
        "name\n");
  CHECK(bench.speakers().size() == 3);

  CHECK(bench.index({"--aliases", bench.file}).out == "2 aliases in the index\n");
  const nlohmann::json joined{{"Anna Lind-Berg", 3}};
  CHECK(bench.speakers() == joined);
  CHECK(bench.count({"--filter", "speaker=Anna Lind-Berg"}) == "3\n");
  CHECK(bench.count({"speaker:\"Anna Lind-Berg\""}) == "3\n");
  CHECK(bench.index({bench.archive}).status == 0);
  CHECK(bench.speakers() == joined);
  CHECK(bench.index({"--rebuild", bench.archive}).status == 0);
  CHECK(bench.speakers() == joined);
  CHECK(bench.index({"--check"}).status == 0);

  write_file(bench.file, "");
  CHECK(bench.index({"--aliases", bench.file}).status == 0);
  CHECK(bench.speakers().size() == 3);
}

TEST_CASE("an alias finds what stands under the name it is an alias of, by field as by filter") {
  const Bench bench;
  write_file(bench.file, "Bo Ek\tAnna Lind-Berg\n");
  REQUIRE(bench.index({"--aliases", bench.file}).status == 0);
  CHECK(bench.count({"speaker:\"Anna Lind-Berg\""}) == "3\n");
  CHECK(bench.count({"speaker:\"Bo Ek\""}) == "3\n");
  CHECK(bench.count({"speaker:ek"}) == "3\n");
  CHECK(bench.count({"--filter", "speaker=Bo Ek"}) == "3\n");
}

TEST_CASE(
    "a file of aliases that is not understood changes nothing of them, and does not lose the "
    "night") {
  const Bench bench;
  write_file(bench.file, "Bo Ek\tAnna Lind\n");
  REQUIRE(bench.index({"--aliases", bench.file}).status == 0);
  write_file(bench.folder / "archive/4.txt",
             article_bytes("2023-03-06", "Talks\n\n\"We met,\" said Anna Lind, the minister."));
  write_file(bench.file, "Anna Lind\tBo Ek\nBo Ek\tAnna Lind\n");
  const Outcome outcome = bench.index({"--aliases", bench.file, bench.archive});
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, Catch::Contains(bench.file) &&
                              Catch::Contains("leads back to itself; the old aliases stay"));
  CHECK_THAT(outcome.out, Catch::StartsWith("added 1, "));
  CHECK(bench.speakers() == nlohmann::json{{"Anna Lind", 3}, {"Anna Lind-Berg", 2}});
  write_file(bench.file, "one line\n");
  CHECK_THAT(bench.index({"--aliases", bench.file, bench.archive}).err,
             Catch::Contains(bench.file + ":1: not of the form"));
  CHECK(bench.index({"--aliases", bench.file}).status == 3);
  CHECK(bench.index({"--aliases", bench.file + ".none", bench.archive}).status == 1);
  CHECK(bench.index({"--aliases", bench.file + ".none"}).err.find("cannot be read") !=
        std::string::npos);
}

TEST_CASE("a name that the alias file calls nobody is found neither as a speaker nor by a filter") {
  const Bench bench;
  write_file(bench.folder / "nobody.tsv", "Anna Lind-Berg\t\n");
  REQUIRE(
      bench.index({"--aliases", (bench.folder / "nobody.tsv").string(), bench.archive}).status ==
      0);
  CHECK(bench.count({"speaker:berg"}) == "0\n");
  CHECK(bench.count({"speaker:anna"}) == bench.count({"--filter", "speaker=Anna Lind"}));
  CHECK(bench.count({"--filter", "speaker=Anna Lind-Berg"}) == "0\n");
  const Outcome filtered =
      run("dateline-query", {"--db", bench.database, "--filter", "speaker=Anna Lind-Berg"});
  CHECK(filtered.err ==
        "dateline-query: --filter speaker=Anna Lind-Berg: the alias file says that this names "
        "nobody\n");
}

TEST_CASE(
    "a person of the same first and last name who is left out is named, as a shell takes it") {
  const TemporaryFolder folder;
  const std::string database = (folder / "index.db").string();
  int day = 0;
  for (const std::string name :
       {"Anna Lind", "Anna Maria Lind", "Anna Berit Lind", "Ingrid Solheim-Aas"}) {
    write_file(folder / ("archive/" + name + ".txt"),
               article_bytes("2023-03-0" + std::to_string(++day),
                             "Talks\n\n\"We met,\" said " + name + ", the minister."));
  }
  REQUIRE(run("dateline-index", {"--db", database, (folder / "archive").string()}).status == 0);
  const Outcome fewer =
      run("dateline-query", {"--db", database, "--count", "speaker:\"Anna Lind\""});
  CHECK(fewer.out == "1\n");
  CHECK(fewer.err ==
        "dateline-query: speaker:\"Anna Lind\" leaves out 'speaker:\"Anna Berit Lind\"' and "
        "'speaker:\"Anna Maria Lind\"', quoted as well\n");
  CHECK(run("dateline-query", {"--db", database, "--count", "speaker:\"Anna Karin Lind\""}).err ==
        "dateline-query: no article has speaker:\"Anna Karin Lind\"; did you mean 'speaker:\"Anna "
        "Maria Lind\"' or 'speaker:\"Anna Berit Lind\"'?\n");
  const Outcome part =
      run("dateline-query", {"--db", database, "--limit", "0", "--facet", "speaker",
                             "--facet-prefix", "aas", "--format", "paths"});
  CHECK(part.out == "# facet speaker 1 Ingrid Solheim-Aas\n");
}
