// Where title and paragraphs stand in an article of an index of schema 4: where the parser of dated
// text finds them.
#include "query/index/schema_4.h"

#include <catch2/catch.hpp>
#include <string>

#include "indexer/formats/article_format.h"

using namespace dateline;

TEST_CASE("title and paragraphs of schema 4 stand where dated text has them") {
  for (const std::string text :
       {"date 2023-03-03\n\nTalks resume\n\nMinisters met.\nIt rained.\n",
        " date 2023-03-03 \r\n\r\n  Talks resume  \r\n \t \r\n\r\nMinisters met.\r\nIt rained.",
        "\xEF\xBB\xBF"
        "date 2023-03-03\nTalks resume",
        "date 2023-03-03\n\n\n\nx\n\n\n\n"}) {
    INFO(text);
    const Article article = parse_article("/a.txt", text);
    StoredRecord record;
    record.title = article.title_text();
    add_spans_of_schema_4(record, text);
    CHECK(record.title_span == article.title);
    CHECK(record.paragraphs == article.paragraphs);
  }
}

TEST_CASE("a stranger's article of schema 4 has no spans but those of its text") {
  for (const std::string text : {"", "\n", "date", "date\n \n\r\n", "date\nTalks", "\n\n\nTal"}) {
    INFO(text);
    StoredRecord record;
    record.title = "Talks resume";
    record.title_span = {3, 700};
    record.paragraphs = {{90, 80}};
    add_spans_of_schema_4(record, text);
    CHECK(record.title_span == Span{});
    CHECK(record.paragraphs.size() == (text.find('T') == std::string::npos ? 0 : 1));
    if (!record.paragraphs.empty()) CHECK_NOTHROW(require_spans(record, text));
  }
}
