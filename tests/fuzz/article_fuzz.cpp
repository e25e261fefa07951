// Any bytes are an article whose spans lie inside its text, or an ArticleError.
#include <cstdint>
#include <cstdlib>

#include "common/error.h"
#include "indexer/formats/article_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto article =
        dateline::parse_article("fuzz.txt", std::string(reinterpret_cast<const char*>(data), size));
    std::uint32_t at = 0;
    for (const auto span : article.paragraphs) {
      if (span.begin < at || span.empty() || span.end > article.text.size()) std::abort();
      at = span.end;
    }
    if (article.paragraphs.empty() || !article.paragraphs.front().contains(article.title))
      std::abort();
  } catch (const dateline::ArticleError&) {
  }
  return 0;
}
