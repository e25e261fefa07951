// An article: its text, its day of publication, and where title and paragraphs stand in the text.
//
// One buffer per article. `text` is what indexer/formats/ made of the file: of a plain text the
// file's bytes (BOM and CR included), or those bytes decoded when they are not UTF-8. Every Span of
// the article and of its record counts bytes of `text`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/partial_date.h"
#include "common/span.h"

namespace dateline {

enum class Encoding : std::uint8_t {
  utf8,
  windows1252,
  utf16,
  utf8_with_errors,  // stray bytes were read as Windows-1252 or became U+FFFD
};
std::string_view to_string(Encoding encoding);   // "utf-8", "windows-1252"
Encoding encoding_named(std::string_view name);  // utf8 for a name that no encoding has

struct Article {
  std::string path;                    // as the format was given it, bytes
  std::string text;                    // valid UTF-8 without NUL
  Encoding encoding = Encoding::utf8;  // of the file
  Day date;                            // of publication
  Span title;                          // never empty; inside the first paragraph
  std::vector<Span> paragraphs;        // trimmed, none empty, in order, at least one
  std::string_view title_text() const { return slice(text, title); }
};

}  // namespace dateline
