#include "indexer/run/article_preparer.h"

#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/database/content_hash.h"
#include "indexer/database/xapian_error.h"
#include "indexer/formats/article_format.h"

namespace dateline {

PreparedArticle ArticlePreparer::prepare(const PlannedFile& planned) {
  if (!planned.on_disk) return prepare_stored(planned);
  PreparedArticle prepared = prepare_file(planned);
  auto* failure = std::get_if<FileFailure>(&prepared.outcome);
  const bool unread = failure != nullptr && failure->reason == BadArticle::unreadable;
  if (!unread || planned.stored == 0) return prepared;
  PreparedArticle kept = prepare_stored(planned);
  if (!std::holds_alternative<FileFailure>(kept.outcome)) kept.failure = std::move(*failure);
  return kept;
}

PreparedArticle ArticlePreparer::prepare_file(const PlannedFile& planned) {
  if (rate_ != nullptr) rate_->take(planned.file.size);
  try {
    std::string bytes = reader_.read(planned.file.path);
    const FileState state{planned.file.size, planned.file.modified, content_hash(bytes),
                          planned.file.changed, planned.file.inode};
    const bool known = planned.document != 0 && planned.moved_from.empty();
    if (known && state.hash == planned.hash) return {SameContent{}, state};
    const Article article = parse_article(planned.file.path, std::move(bytes), window_);
    return {document_of(article, state), state, article.encoding, article.date};
  } catch (const DateOutsideError& error) {
    return {FileFailure{.path = planned.file.path,
                        .reason = error.reason(),
                        .message = replace_invalid_utf8(error.what()),
                        .date_outside = true},
            {}};
  } catch (const ArticleError& error) {
    return {FileFailure{planned.file.path, error.reason(), replace_invalid_utf8(error.what())}, {}};
  }
}

PreparedArticle ArticlePreparer::prepare_stored(const PlannedFile& planned) {
  try {
    if (!stored_) translating_xapian_errors(generation_, [&] { stored_.emplace(generation_); });
    const StoredArticle stored = stored_->read(planned.stored, planned.file.path);
    return {document_of(stored.article, stored.state), stored.state};
  } catch (const ArticleError& error) {
    return {FileFailure{planned.file.path, error.reason(), replace_invalid_utf8(error.what())}, {}};
  }
}

IndexedDocument ArticlePreparer::document_of(const Article& article, const FileState& state) {
  return maker_.make(article, extractor_.extract(article), state);
}

}  // namespace dateline
