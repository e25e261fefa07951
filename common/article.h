// Bytes of a file -> an Article, or the reason why it is none.
//
// The input format:
//      date 2023-03-03
//
//     Secretary of State Antony Blinken heads to a meeting in New Delhi on Thursday. Olivier
//     Douliery/AFP via Getty Images .
//
//     US Secretary of State Antony Blinken and his Russian counterpart ...
// One buffer per article: `text` is the file's bytes (BOM and CR included), or, for a file that is
// not UTF-8, those bytes decoded from Windows-1252. Every Span of the article and its record counts
// bytes of `text`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/error.h"
#include "common/partial_date.h"
#include "common/span.h"

namespace dateline {

enum class Encoding : std::uint8_t { utf8, windows1252 };
std::string_view to_string(Encoding encoding);  // "utf-8", "windows-1252"

constexpr std::size_t kLargestArticle = 16u << 20;  // bytes of the file

struct Article {
  std::string path;  // as given to parse_article, bytes
  std::string text;  // valid UTF-8 without NUL
  Encoding encoding = Encoding::utf8;
  Day date;    // of publication
  Span title;  // never empty; inside the first paragraph
  std::vector<Span>
      paragraphs;  // blocks between blank lines after the date line, trimmed, none empty, in order
  std::string_view title_text() const { return slice(text, title); }
};

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

// Throws ArticleError: no_date, bad_date, not_text (NUL, or not UTF-8 and undefined in
// Windows-1252), empty (nothing after the date line), too_large. `unreadable` is for whoever reads
// files. DateOutsideError when there is a window and the date lies outside.
Article parse_article(std::string path, std::string bytes,
                      const std::optional<DateWindow>& window = std::nullopt);

}  // namespace dateline
