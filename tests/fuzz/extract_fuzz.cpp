// Any article gives a record whose spans lie inside its text, and whose JSON reads back as the same
// record.
#include <cstdint>
#include <cstdlib>

#include "common/error.h"
#include "common/record_json.h"
#include "indexer/extract/extractor.h"
#include "indexer/formats/article_format.h"

namespace {

using namespace dateline;

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const Article& article, const Record& record) {
  const Span all{0, static_cast<std::uint32_t>(article.text.size())};
  for (const auto& quote : record.quotes) {
    require(!quote.segments.empty() && all.contains(quote.span) && !quote.span.empty());
    for (const auto segment : quote.segments) require(quote.span.contains(segment));
    require(!quote.source || all.contains(*quote.source));
  }
  for (const auto& place : record.places) {
    for (const auto mention : place.mentions) require(all.contains(mention) && !mention.empty());
  }
  for (const auto& date : record.dates) {
    for (const auto mention : date.mentions) require(all.contains(mention) && !mention.empty());
  }
  require(parse_json_line(to_json_line(article, record)).record == record);
}

}  // namespace

// Fuzzers get no argument: the data folder is that of the environment, as for the programs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Extractor extractor = Extractor::load(std::getenv("DATELINE_DATA"));
  try {
    std::string bytes(reinterpret_cast<const char*>(data), size);
    if (!bytes.starts_with(" date ")) bytes.insert(0, " date 2023-03-03 \n\n");
    const Article article = parse_article("fuzz.txt", std::move(bytes));
    check(article, extractor.extract(article));
  } catch (const ArticleError&) {
  }
  return 0;
}
