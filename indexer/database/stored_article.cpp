#include "indexer/database/stored_article.h"

#include <fmt/format.h>

#include "common/error.h"
#include "common/listed_record.h"
#include "common/record_json.h"
#include "common/store/schema.h"
#include "common/text/unicode.h"
#include "indexer/formats/article_format.h"

namespace dateline {

StoredArticles::StoredArticles(const std::filesystem::path& generation)
    : database_(generation.string(), Xapian::DB_BACKEND_GLASS) {}

StoredArticle StoredArticles::read(std::uint32_t document, const std::string& path) const try {
  const Xapian::Document stored = database_.get_document(document);
  const auto state = unpack_file_state(stored.get_value(number(Slot::file_state)));
  if (!state) throw Error("no file state");
  const std::string data = stored.get_data();
  const auto end = data.find('\n');
  if (end == std::string::npos) throw Error("no record before it");
  Article article = parse_article(path, data.substr(end + 1));
  article.encoding = parse_listed(std::string_view(data).substr(0, end)).encoding;
  return {.article = std::move(article), .state = *state};
} catch (const Xapian::Error& error) {
  throw ArticleError(
      BadArticle::unreadable,
      fmt::format("{}: its stored text: {}", replace_invalid_utf8(path), error.get_msg()));
} catch (const ArticleError& error) {
  throw ArticleError(BadArticle::unreadable,
                     fmt::format("{}: its stored text is no article", replace_invalid_utf8(path)));
} catch (const Error& error) {
  throw ArticleError(BadArticle::unreadable, fmt::format("{}: its stored text: {}",
                                                         replace_invalid_utf8(path), error.what()));
}

}  // namespace dateline
