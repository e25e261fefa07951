#include "query/render/renderer.h"

#include "query/render/format.h"

namespace dateline {

std::string render_begin(const ResultSet& page, const OutputStyle& style) {
  switch (style.format) {
    case OutputFormat::text:
      return text_begin(page);
    case OutputFormat::json:
      return json_begin(page, style.query_id);
    case OutputFormat::jsonl:
      return jsonl_begin(page, style.query_id);
    case OutputFormat::csv:
      return table_begin(TableKind::csv);
    case OutputFormat::tsv:
      return table_begin(TableKind::tsv);
    case OutputFormat::paths:
    case OutputFormat::trec:
      return "";
  }
  return "";
}

std::string render_hits(const ResultSet& page, const OutputStyle& style) {
  switch (style.format) {
    case OutputFormat::text:
      return text_hits(page, style.text);
    case OutputFormat::json:
      return json_hits(page);
    case OutputFormat::jsonl:
      return jsonl_hits(page);
    case OutputFormat::csv:
      return table_hits(page, TableKind::csv);
    case OutputFormat::tsv:
      return table_hits(page, TableKind::tsv);
    case OutputFormat::paths:
      return paths_hits(page, style.exact_paths);
    case OutputFormat::trec:
      return trec_hits(page, style.query_id);
  }
  return "";
}

std::string render_end(const ResultSet& page, const OutputStyle& style) {
  switch (style.format) {
    case OutputFormat::text:
      return text_end(page, style.text);
    case OutputFormat::json:
      return json_end();
    case OutputFormat::jsonl:
      return jsonl_end(page);
    case OutputFormat::csv:
      return table_end(page, TableKind::csv);
    case OutputFormat::tsv:
      return table_end(page, TableKind::tsv);
    case OutputFormat::paths:
      return paths_end(page, style.exact_paths);
    case OutputFormat::trec:
      return trec_end(page, style.query_id);
  }
  return "";
}

std::string render(const ResultSet& results, const OutputStyle& style) {
  return render_begin(results, style) + render_hits(results, style) + render_end(results, style);
}

std::string render_article(const ShownArticle& article, const OutputStyle& style) {
  if (style.format == OutputFormat::json) return json_article(article, false);
  if (style.format == OutputFormat::jsonl) return json_article(article, true);
  return text_article(article, style.text);
}

}  // namespace dateline
