// Where quotations begin and end: the marks themselves, whoever speaks.
#include "indexer/extract/speakers/quotation.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "indexer/formats/article_format.h"

using namespace dateline;

namespace {

using Lines = std::vector<std::string>;

// The text of each; one that was never closed ends with "~".
Lines quoted(const std::string& text) {
  static const Lexicon lexicon = Lexicon::load(DATELINE_SOURCE "/data");
  const Article article = parse_article("a.txt", " date 2023-03-03 \n\n" + text + "\n");
  Lines lines;
  for (const auto& quotation : find_quotations(tokenize(article, lexicon))) {
    lines.push_back(std::string(slice(article.text, quotation.span)) +
                    (quotation.closed ? "" : "~"));
  }
  return lines;
}

}  // namespace

TEST_CASE("a quotation that is opened again before it was closed ends there") {
  CHECK(quoted("“We met twice. “We go,” said Anna Lind.") == Lines{"“We met twice.", "“We go,”"});
  CHECK(quoted("“We met. “We go. “We stay,” said Anna Lind.") ==
        Lines{"“We met.", "“We go.", "“We stay,”"});
  CHECK(quoted("“We met twice. We go, said Anna Lind.") ==
        Lines{"“We met twice. We go, said Anna Lind.~"});
}

TEST_CASE("a mark that opens closes where it clings to the word before it alone") {
  CHECK(quoted("“We met twice,“ said Anna Lind.") == Lines{"“We met twice,“"});
  CHECK(quoted("„We met twice,“ said Anna Lind. „We go,“ said Bo Ek.") ==
        Lines{"„We met twice,“", "„We go,“"});
}

TEST_CASE("a double quotation inside single marks is part of theirs, whatever marks it holds") {
  CHECK(quoted("‘He said, “Go.” We went.’ So she told us.") == Lines{"‘He said, “Go.” We went.’"});
  CHECK(quoted("‘He said, “Tear down the ‘old’ wall.” We went.’ So she told us.") ==
        Lines{"‘He said, “Tear down the ‘old’ wall.” We went.’"});
  CHECK(quoted("'He said, \"Tear down the 'old' wall.\" We went.' So she told us.") ==
        Lines{"'He said, \"Tear down the 'old' wall.\" We went.'"});
}

TEST_CASE("a double quotation inside single marks that is not closed leaves no single one") {
  CHECK(quoted("‘He said, “Go. We went.’ So she told us.") ==
        Lines{"“Go. We went.’ So she told us.~"});
}

TEST_CASE("what is quoted inside a quotation is not listed a second time") {
  CHECK(quoted("“He called it ‘a long way’ twice,” said Anna Lind. “We go.”") ==
        Lines{"“He called it ‘a long way’ twice,”", "“We go.”"});
  CHECK(quoted("\"He called it 'a long way' twice,\" said Anna Lind.") ==
        Lines{"\"He called it 'a long way' twice,\""});
  CHECK(quoted("«He called it “a long way” twice,» said Anna Lind.") ==
        Lines{"«He called it “a long way” twice,»"});
}
