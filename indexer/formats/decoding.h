// Bytes of a file -> UTF-8.
//
// A BOM tells UTF-16. What is valid UTF-8 is UTF-8, and so is what nearly is: a stray 0x92 among
// curly quotes becomes the ’ that Windows-1252 has there, a character that was cut short U+FFFD.
// Other bytes are Windows-1252.
#pragma once

#include <string>

#include "common/article.h"

namespace dateline {

struct DecodedText {
  std::string text;  // valid UTF-8 without NUL
  Encoding encoding = Encoding::utf8;
};

// Throws ArticleError (not_text): a NUL, or bytes that no encoding has.
DecodedText decode_text(const std::string& path, std::string bytes);

}  // namespace dateline
