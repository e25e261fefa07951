// Dated text: a line with the date, then the article as plain text.
//
//      date 2023-03-03
//
//     Secretary of State Antony Blinken heads to a meeting in New Delhi on Thursday. Olivier
//     Douliery/AFP via Getty Images .
//
//     US Secretary of State Antony Blinken and his Russian counterpart ...
//
// Paragraphs are the blocks between blank lines behind the date line. The title is the first of
// them, or its first sentence when the block is long or goes on with a photo credit. The article's
// text is the file's bytes, or, when they are not UTF-8, those bytes decoded from Windows-1252.
#pragma once

#include <string_view>
#include <vector>

#include "indexer/formats/format.h"

namespace dateline {

// Does the first line begin with the word "date"?
bool is_dated_text(std::string_view bytes);

// The one article of the file. Throws ArticleError: no_date, bad_date, not_text, empty (nothing
// behind the date line).
std::vector<Article> parse_dated_text(ArticleFile file);

}  // namespace dateline
