// Bytes of article files, and of nothing else.
//
// Between scan and read anything may take a file's place. What is read is a regular file that lies
// in the folder that was scanned, reached without following a link: a pipe never makes a run wait,
// a link never brings in what was not asked for.
#pragma once

#include <string>
#include <string_view>

#include "indexer/run/archive.h"

namespace dateline {

// One a thread; `archive` must outlive it.
class ArticleReader {
 public:
  explicit ArticleReader(const Archive& archive) : archive_(archive) {}
  ~ArticleReader() { close_folder(); }
  ArticleReader(const ArticleReader&) = delete;
  ArticleReader(ArticleReader&& other) noexcept;

  // The whole file of an entry. Throws ArticleError: unreadable, too_large.
  std::string read(const std::string& path);

 private:
  void enter(std::string_view folder);
  int open_root(std::string_view folder, std::string_view& below) const;
  void close_folder();

  const Archive& archive_;
  std::string folder_;   // that was entered last, "" for none
  int descriptor_ = -1;  // its
};

// A file of a folder that was walked, links not followed, or one that the user named. Likewise.
std::string read_listed_file(const ListedFile& file);

// A file that the user named, links followed. Throws ArticleError: unreadable (also when it is no
// regular file), too_large.
std::string read_article_file(const std::string& path);

}  // namespace dateline
