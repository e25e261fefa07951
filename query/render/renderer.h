// A complete ResultSet -> text for people, JSON for scripts, TREC runs for measuring.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "query/result_set.h"

namespace dateline {

struct TextStyle {
  bool colour = false;       // ANSI escapes for highlights
  std::size_t width = 80;    // columns of the terminal
};

std::string render_text(const ResultSet& results, TextStyle style);

// Format version 1, query/README.md documents the keys. One object, indented, with a line end.
std::string render_json(const ResultSet& results);

// "id Q0 name rank score dateline" a line; name is the file's, without .txt, white space as _. A timeline follows as
// "# id timeline value count" lines.
std::string render_trec(const ResultSet& results, std::string_view query_id);

std::string render_article(const ShownArticle& article, TextStyle style);
std::string render_article_json(const ShownArticle& article);

}  // namespace dateline
