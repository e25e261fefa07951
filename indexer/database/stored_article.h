// An article as the index stores it: searching, and a rebuild when its file cannot be read, need no
// more.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "common/article.h"
#include "common/record_json.h"
#include "indexer/database/file_state.h"

namespace dateline {

struct StoredArticle {
  Article article;
  FileState state;  // of the file it was read from
};

// The article of a stored record and the text behind it. Throws Error when title and paragraphs do
// not stand in the text, ArticleError when it is no article. `schema`: of the index. Schema 4 did
// not store where they stand, and had dated text only, which is read again.
Article make_article(const std::string& path, const StoredRecord& record, std::string_view text,
                     int schema);

// Opened once a thread. Throws Xapian::Error.
class StoredArticles {
 public:
  // `generation`: the folder of a glass database of ours.
  explicit StoredArticles(const std::filesystem::path& generation);

  // Throws ArticleError (unreadable) naming the path when what is stored is no article.
  StoredArticle read(std::uint32_t document, const std::string& path) const;

 private:
  Xapian::Database database_;
  int schema_;
};

}  // namespace dateline
