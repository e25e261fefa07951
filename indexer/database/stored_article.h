// An article as the index stores it: searching, and a rebuild when its file cannot be read, need no
// more.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "common/article.h"
#include "indexer/database/file_state.h"

namespace dateline {

struct StoredArticle {
  Article article;
  FileState state;  // of the file it was read from
};

// Opened once a thread. Throws Xapian::Error.
class StoredArticles {
 public:
  // `generation`: the folder of a glass database of ours.
  explicit StoredArticles(const std::filesystem::path& generation);

  // Throws ArticleError (unreadable) naming the path when what is stored is no article.
  StoredArticle read(std::uint32_t document, const std::string& path) const;

 private:
  Xapian::Database database_;
};

}  // namespace dateline
