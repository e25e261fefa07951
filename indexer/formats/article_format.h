// Which formats can articles have, and which of them has this file?
//
// The table of formats stands in article_format.cpp; a new format is a file of its own here and its
// row there. Scanning an archive takes the suffixes of article files from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "indexer/formats/format.h"

namespace dateline {

std::span<const Format> formats();

// May a file of this name be an article's? By its suffix, in any letter case: "a.txt", "A.TXT".
bool has_article_suffix(std::string_view name, std::span<const Format> table = formats());

// The format whose suffix and beginning the file has; where none has both, the first whose
// beginning it has, then the first whose suffix it has, then the first of all: its parser says what
// is wrong.
const Format& format_of(const ArticleFile& file, std::span<const Format> table = formats());

// The one article of a file. Throws ArticleError that names the path: what the format's parse()
// throws, empty (no byte), too_large, not_text when the file holds several articles.
// DateOutsideError when there is a window and the date lies outside.
Article parse_article(std::string path, std::string bytes,
                      const std::optional<DateWindow>& window = std::nullopt,
                      std::span<const Format> table = formats());

}  // namespace dateline
