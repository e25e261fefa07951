// A complete ResultSet -> text for people; JSON, tables, paths and TREC runs for programs.
//
// A result is written in three parts, so that its hits can be streamed page by page:
//     render_begin(first page) render_hits(each page)... render_end(last page)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "query/hits/result_set.h"

namespace dateline {

enum class OutputFormat : std::uint8_t { text, json, jsonl, csv, tsv, paths, trec };

struct TextStyle {
  bool colour = false;     // ANSI escapes for highlights
  std::size_t width = 80;  // columns of the terminal
};

struct OutputStyle {
  OutputFormat format = OutputFormat::text;
  TextStyle text = {};
  std::string query_id = {};  // of --queries; "" for a single query
  bool exact_paths = false;   // paths: the bytes as they are, each path ended by NUL
};

std::string render_begin(const ResultSet& page, const OutputStyle& style);
std::string render_hits(const ResultSet& page, const OutputStyle& style);
std::string render_end(const ResultSet& page, const OutputStyle& style);

// All three of a result that is one page.
std::string render(const ResultSet& results, const OutputStyle& style);

// Text, or the record as JSON for `json` and `jsonl`.
std::string render_article(const ShownArticle& article, const OutputStyle& style);

}  // namespace dateline
