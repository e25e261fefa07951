// A planned file -> the document that the index is to hold, or why there is none.
//
// A file is read, parsed and extracted. Of one that cannot be read now, and of an article outside
// the folders, a rebuild makes the document of the text that the old index stores.
#pragma once

#include <filesystem>
#include <optional>
#include <variant>

#include "common/article.h"
#include "indexer/database/file_state.h"
#include "indexer/database/stored_article.h"
#include "indexer/extract/extractor.h"
#include "indexer/formats/format.h"
#include "indexer/run/article_reader.h"
#include "indexer/run/rate_limit.h"
#include "indexer/run/run_report.h"
#include "indexer/run/update_plan.h"
#include "indexer/write/document.h"
#include "indexer/write/indexed_document.h"

namespace dateline {

struct SameContent {};  // touched, not changed

struct PreparedArticle {
  std::variant<IndexedDocument, SameContent, FileFailure> outcome;
  FileState state;                          // of the bytes that were read; empty with a FileFailure
  Encoding encoding = Encoding::utf8;       // of the file
  Day date = {};                            // of publication; not known of a stored text
  std::optional<FileFailure> failure = {};  // of the file: the document was made of the stored text
};

// One a thread; what it is made with must outlive it.
class ArticlePreparer {
 public:
  // `rate`: nullptr to read as fast as can be. `window`: days of publication that are taken, absent
  // for all. `stored`: the generation whose texts serve for files that cannot be read; "" for none.
  ArticlePreparer(const Archive& archive, const Extractor& extractor, RateLimit* rate,
                  const std::optional<DateWindow>& window, std::filesystem::path stored)
      : reader_(archive),
        extractor_(extractor),
        rate_(rate),
        window_(window),
        generation_(std::move(stored)) {}

  // What is wrong with the file is a FileFailure. Throws Error when the stored texts cannot be
  // opened.
  PreparedArticle prepare(const PlannedFile& planned);

 private:
  PreparedArticle prepare_file(const PlannedFile& planned);
  PreparedArticle prepare_stored(const PlannedFile& planned);
  IndexedDocument document_of(const Article& article, const FileState& state);

  ArticleReader reader_;
  const Extractor& extractor_;
  RateLimit* rate_;
  std::optional<DateWindow> window_;
  std::filesystem::path generation_;
  std::optional<StoredArticles> stored_;
  DocumentMaker maker_;
};

}  // namespace dateline
