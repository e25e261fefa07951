#include "indexer/extract/tsv.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "common/error.h"
#include "indexer/extract/places/gazetteer.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

// What reading the table says: its first cells each behind a blank, or the error without the
// folder.
std::string read(std::string_view bytes, TableRules rules = {}) {
  const TemporaryFolder folder;
  write_file(folder / "words.tsv", bytes);
  std::string cells;
  try {
    read_tsv(
        folder / "words.tsv", 2,
        [&](std::span<const std::string_view> row) { cells.append(" ").append(row[0]); }, rules);
  } catch (const Error& error) {
    const std::string text = error.what();
    return text.substr(text.find("words.tsv"));
  }
  return cells;
}

}  // namespace

TEST_CASE("the rows of a table come in their order, without the header") {
  CHECK(read("word\tkind\nadmiral\t1\nking\t2\n\nqueen\t3") == " admiral king queen");
  CHECK(read("word\tkind\n") == "");
}

TEST_CASE("a row that stands twice is an error that names file and both lines") {
  CHECK(read("word\tkind\nadmiral\t1\nking\t2\nking\t3\n") ==
        "words.tsv:4: \"king\" stands in line 3 already");
}

TEST_CASE("a row out of order is an error that names file, line and the row above") {
  CHECK(read("word\tkind\nking\t1\nadmiral\t2\n") ==
        "words.tsv:3: \"admiral\" comes before \"king\", the row above");
}

TEST_CASE("the order is that of bytes: capitals first, letters with accents last, a prefix first") {
  CHECK(read("word\tkind\nZoo\t1\nbay\t2\nbay city\t3\nbaya\t4\n\u00e9tat\t5\n") ==
        " Zoo bay bay city baya \u00e9tat");
}

TEST_CASE("a key may be of several columns") {
  const std::string_view table = "word\tkind\nking\t1\nking\t2\n";
  CHECK(read(table, {.key_columns = 2}) == " king king");
  CHECK(read("word\tkind\nking\t2\nking\t2\n", {.key_columns = 2}) ==
        "words.tsv:3: \"king 2\" stands in line 2 already");
  CHECK(read("word\tkind\nking\t2\nking\t1\n", {.key_columns = 2}) ==
        "words.tsv:3: \"king 1\" comes before \"king 2\", the row above");
}

TEST_CASE("a table whose order is meant refuses only what stands twice") {
  const TableRules meant{.order = RowOrder::meant};
  CHECK(read("word\tkind\nking\t1\nadmiral\t2\n", meant) == " king admiral");
  CHECK(read("word\tkind\nking\t1\nadmiral\t2\nking\t3\n", meant) ==
        "words.tsv:4: \"king\" stands in line 2 already");
}

TEST_CASE("a line with too few columns is an error that names file and line") {
  CHECK(read("word\tkind\nking\t1\nqueen\n") == "words.tsv:3: 1 columns, expected 2");
}

TEST_CASE("a place that stands twice in the gazetteer is an error that names file and line") {
  const TemporaryFolder data;
  const std::string head = "id\tname\tkind\tcountry\tregion\tlat\tlon\tpopulation\tnames\n";
  const std::string tern = "12\tTern\tcity\tNO\t01\t60\t10\t4000\t\n";
  const std::string avel = "11\tAvel\tcity\tNO\t01\t60\t10\t4000\t\n";
  const auto load = [&](const std::string& rows) -> std::string {
    write_file(data / "world/gazetteer.tsv", head + rows);
    write_file(data / "world/country_codes.tsv", "code\tcode3\n");
    write_file(data / "en/nationalities.tsv", "word\tcountry\n");
    write_file(data / "en/place_words.tsv", "word\trole\tkind\n");
    try {
      return std::to_string(Gazetteer::load(data.path()).size());
    } catch (const Error& error) {
      const std::string text = error.what();
      return text.substr(text.find("gazetteer.tsv"));
    }
  };
  CHECK(load(avel + tern) == "2");
  CHECK(load(tern + tern) == "gazetteer.tsv:3: place 12 stands below place 12");
  CHECK(load(tern + avel) == "gazetteer.tsv:3: place 11 stands below place 12");
}
