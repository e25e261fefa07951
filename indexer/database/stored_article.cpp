#include "indexer/database/stored_article.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "common/error.h"
#include "common/listed_record.h"
#include "common/record_json.h"
#include "common/store/schema.h"
#include "common/text/unicode.h"
#include "indexer/database/content_hash.h"
#include "indexer/database/index_version.h"
#include "indexer/formats/article_format.h"

namespace dateline {

namespace {

Article dated_text_of(const std::string& path, std::string_view text, Encoding encoding) {
  Article article = parse_article(path, std::string(text));
  article.encoding = encoding;
  return article;
}

// Of dated text: what was decoded can be encoded again, byte for byte.
std::string bytes_of_file(const Article& article) {
  auto encoded =
      article.encoding == Encoding::windows1252 ? encode_windows1252(article.text) : std::nullopt;
  return encoded ? std::move(*encoded) : article.text;
}

}  // namespace

Article make_article(const std::string& path, const StoredRecord& record, std::string_view text,
                     int schema) {
  if (schema < kSpansSchema) return dated_text_of(path, text, record.encoding);
  require_spans(record, text);
  if (record.title_span.empty()) throw Error("its title is not in the text");
  if (text.find('\0') != std::string_view::npos || !is_valid_utf8(text))
    throw Error("its text is no UTF-8");
  return {.path = path,
          .text = std::string(text),
          .encoding = record.encoding,
          .date = record.date,
          .title = record.title_span,
          .paragraphs = record.paragraphs};
}

StoredArticles::StoredArticles(const std::filesystem::path& generation)
    : database_(generation.string(), Xapian::DB_BACKEND_GLASS), schema_(schema_of(database_)) {}

StoredArticle StoredArticles::read(std::uint32_t document, const std::string& path) const try {
  const Xapian::Document stored = database_.get_document(document);
  auto state = unpack_file_state(stored.get_value(number(Slot::file_state)));
  if (!state) throw Error("no file state");
  const std::string data = stored.get_data();
  const auto end = data.find('\n');
  if (end == std::string::npos) throw Error("no record before it");
  const std::string_view line = std::string_view(data).substr(0, end);
  Article article =
      make_article(path, parse_listed(line), std::string_view(data).substr(end + 1), schema_);
  if (schema_ < kXxhashSchema) state->hash = content_hash(bytes_of_file(article));
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
