// What a format is: how its files are known, and how bytes become articles.
//
// "/archive/a.txt" with " date 2023-03-03 \n\nTalks resume ..." is dated text: its name has a
// suffix of that format, and its bytes begin as that format does. What several formats need stands
// here too: the window of days that are taken; decoding.h has what makes UTF-8 of the bytes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/error.h"
#include "common/partial_date.h"

namespace dateline {

constexpr std::size_t kLargestArticle = 16u << 20;  // bytes of the file

// The days of publication that are taken.
struct DateWindow {
  Day first;
  Day last;
};

// An article dated before or after the window: it may be taken on another day, or when the user
// wants it.
class DateOutsideError : public ArticleError {
 public:
  explicit DateOutsideError(const std::string& message)
      : ArticleError(BadArticle::bad_date, message) {}
};

// A file that was read.
struct ArticleFile {
  std::string path;                       // bytes
  std::string bytes;                      // never empty, at most kLargestArticle
  std::optional<DateWindow> window = {};  // absent: any day is taken
};

struct Format {
  std::string_view name;                       // in words, for messages: "dated text"
  std::span<const std::string_view> suffixes;  // of file names, in lower case: ".txt"
  // Do the bytes begin as files of this format do?
  bool (*sniff)(std::string_view bytes);
  // The articles of a file, at least one, in the file's order; each date was held to the window.
  // Throws ArticleError that names the path, and the line where there is one.
  std::vector<Article> (*parse)(ArticleFile file);
};

// Throws DateOutsideError that names the line which holds the date.
void require_within(const ArticleFile& file, Day date, std::size_t line);

}  // namespace dateline
