// The parts of each format, for renderer.cpp to choose from. Every function returns whole lines.
#pragma once

#include "query/render/renderer.h"

namespace dateline {

std::string text_begin(const ResultSet& page);
std::string text_hits(const ResultSet& page, TextStyle style);
std::string text_end(const ResultSet& page, TextStyle style);
std::string text_article(const ShownArticle& article, TextStyle style);

// One object, a hit a line: format version 1 of query/README.md.
std::string json_begin(const ResultSet& page, const std::string& query_id);
std::string json_hits(const ResultSet& page);
std::string json_end();
// An object a line, told apart by "type": search, hit, facet, timeline.
std::string jsonl_begin(const ResultSet& page, const std::string& query_id);
std::string jsonl_hits(const ResultSet& page);
std::string jsonl_end(const ResultSet& page);
std::string json_article(const ShownArticle& article, bool one_line);

// CSV as RFC 4180 has it, or TSV; a header line, then hits, facet and significant values and rows
// of the timeline under the same columns.
enum class TableKind : std::uint8_t { csv, tsv };
std::string table_begin(TableKind kind);
std::string table_hits(const ResultSet& page, TableKind kind);
std::string table_end(const ResultSet& page, TableKind kind);

// A path a line, or exact bytes ended by NUL. Counts follow as "# facet speaker 3 Anna Lind"; paths
// begin with a slash.
std::string paths_hits(const ResultSet& page, bool exact);
std::string paths_end(const ResultSet& page, bool exact);

// "id Q0 name rank score dateline"; name is the file's, without .txt, white space as _. Counts as
// "# id facet speaker 3 Anna Lind".
std::string trec_hits(const ResultSet& page, const std::string& query_id);
std::string trec_end(const ResultSet& page, const std::string& query_id);

}  // namespace dateline
