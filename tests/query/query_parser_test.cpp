#include "query/language/query_parser.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "query/language/query_error.h"
#include "query/render/notice_text.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;

namespace {

std::string unescaped(std::string text) {
  for (std::size_t at; (at = text.find("\\t")) != std::string::npos;) text.replace(at, 2, "\t");
  return text;
}

// The tree and its notices, or the error, on one line.
std::string understood(const std::string& query) {
  try {
    const ParsedQuery parsed = parse_query(query);
    std::string line = to_string(parsed.root);
    for (const auto& notice : parsed.notices) line += " | " + notice_text(notice);
    return line;
  } catch (const QueryError& error) {
    const std::string position =
        error.position() == std::string::npos ? "end" : std::to_string(error.position());
    return "error at " + position + ": " + notice_text(error.why());
  }
}

}  // namespace

TEST_CASE("every query of query_cases.tsv is understood as written there") {
  std::ifstream file(test::source_folder() / "tests/query/query_cases.tsv");
  std::string line;
  std::getline(file, line);
  REQUIRE(line == "query\texpected");
  int rows = 0;
  while (std::getline(file, line)) {
    const auto tab = line.find('\t');
    REQUIRE(tab != std::string::npos);
    ++rows;
    INFO("query: " << line.substr(0, tab));
    CHECK(understood(unescaped(line.substr(0, tab))) == line.substr(tab + 1));
  }
  CHECK(rows >= 500);
}

TEST_CASE("a word and a field's value say where they stand in the query") {
  const QueryNode root = parse_query("treaty speaker:lind").root;
  REQUIRE(root.children.size() == 2);
  CHECK(root.children[0].position == 0);
  CHECK(root.children[1].position == 15);
}

TEST_CASE("a plain query has words only, whatever its marks") {
  CHECK(to_string(parse_plain_query("NOT (treaty OR -speaker:lind)").root) ==
        "(all not treaty or speaker lind)");
  CHECK(parse_plain_query("treaty talks").notices.empty());
  CHECK(parse_plain_query("...").notices == std::vector<Notice>{{.kind = NoticeKind::no_word}});
}

TEST_CASE("each limit of a query's form has its own message") {
  CHECK(understood(std::string(4097, 'a')) ==
        "error at end: the query has 4097 bytes, more than 4096");
  CHECK(understood(std::string(51, '(') + "a" + std::string(51, ')')) ==
        "error at 51: brackets are nested more than 50 deep");
  std::string negations;
  for (int i = 0; i < 51; ++i) negations += "NOT ";
  CHECK(understood(negations + "a") == "error at 200: negations are nested more than 50 deep");
  std::string wildcards;
  for (int i = 0; i < 21; ++i)
    wildcards += "ab" + std::string(1, static_cast<char>('a' + i)) + "* ";
  CHECK(understood(wildcards) == "error at 100: more than 20 wildcards");
  CHECK(understood("a*") == "error at 0: \"a*\": at least 2 letters stand before *");
  CHECK(understood("a NEAR/2 b NEAR/2 c NEAR/2 d NEAR/2 e NEAR/2 f NEAR/2 g NEAR/2 h")
            .starts_with("(near/2 "));
  CHECK(understood("a NEAR/2 b NEAR/2 c NEAR/2 d NEAR/2 e NEAR/2 f NEAR/2 g NEAR/2 h NEAR/2 i") ==
        "error at 65: NEAR joins more than 8 words");
  CHECK(understood("oil NEAR/101 price") ==
        "error at 4: \"NEAR/101\": the distance is a number of words from 1 to 100");
}
