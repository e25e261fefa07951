// Results for spreadsheets and shell tools: one table whose columns never change, whatever was
// asked for.
#include <fmt/format.h>

#include <array>
#include <vector>

#include "common/text/terminal_text.h"
#include "query/render/format.h"

namespace dateline {
namespace {

enum Column : std::size_t {
  type,
  rank,
  date,
  score,
  path,
  title,
  speakers,
  places,
  snippet,
  copies,
  facet,
  value,
  count,
  archive,
  kColumns
};
constexpr std::array<std::string_view, kColumns> kNames = {
    "type",   "rank",    "date",   "score", "path",  "title", "speakers",
    "places", "snippet", "copies", "facet", "value", "count", "archive"};
using Row = std::array<std::string, kColumns>;

// Text on one line without control characters. A spreadsheet runs what begins like a formula,
// unless an apostrophe stands before it.
std::string cell(std::string_view text) {
  std::string shown = harmless(text);
  if (shown.find_first_of("=+-@") == 0) shown.insert(0, 1, '\'');
  return shown;
}

// RFC 4180, section 2: quotation marks around what holds a comma or a quotation mark, which is
// doubled.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

template <class Cells>
std::string line(const Cells& row, TableKind kind) {
  std::string out;
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (i > 0) out += kind == TableKind::csv ? ',' : '\t';
    out += kind == TableKind::csv ? quoted(std::string(row[i])) : row[i];
  }
  return out + (kind == TableKind::csv ? "\r\n" : "\n");
}

Row row_of(const Hit& hit, std::size_t number) {
  std::vector<std::string> names;
  for (const auto& speaker : hit.speakers) names.push_back(speaker.name);
  std::vector<std::string> labels;
  for (const auto& place : hit.places) labels.push_back(place.label);
  Row row;
  row[type] = "hit";
  row[rank] = fmt::format("{}", number);
  row[date] = to_string(hit.date);
  row[score] = fmt::format("{:.6f}", hit.score);
  row[path] = cell(hit.path);
  row[title] = cell(hit.title);
  row[speakers] = cell(fmt::format("{}", fmt::join(names, "; ")));
  row[places] = cell(fmt::format("{}", fmt::join(labels, "; ")));
  row[snippet] = cell(hit.snippet.text);
  row[copies] = fmt::format("{}", hit.copies);
  return row;
}

Row row_of(const Quotation& quote, const Hit& hit, std::size_t number) {
  Row row;
  row[type] = "quote";
  row[rank] = fmt::format("{}", number);
  row[date] = to_string(hit.date);
  row[path] = cell(hit.path);
  row[title] = cell(hit.title);
  row[speakers] = cell(quote.speaker);
  row[snippet] = cell(quote.said.text);
  return row;
}

Row row_of(const FacetCount& counted, std::string_view kind, std::string_view name) {
  Row row;
  row[type] = kind;
  row[facet] = name;
  row[value] = cell(counted.value);
  row[count] = fmt::format("{}", counted.count);
  return row;
}

Row row_of(const SignificantValue& found, std::string_view name) {
  Row row = row_of(FacetCount{found.value, found.count}, "significant", name);
  row[score] = fmt::format("{:.6f}", found.score);
  row[archive] = fmt::format("{}", found.archive);
  return row;
}

}  // namespace

std::string table_begin(TableKind kind) { return line(kNames, kind); }

std::string table_hits(const ResultSet& page, TableKind kind) {
  std::string text;
  std::size_t number = page.offset + page.earlier;
  for (const auto& hit : page.hits) {
    text += line(row_of(hit, ++number), kind);
    if (!hit.quotes) continue;
    for (const auto& quote : *hit.quotes) text += line(row_of(quote, hit, number), kind);
  }
  return text;
}

std::string table_end(const ResultSet& page, TableKind kind) {
  std::string text;
  for (const auto& counted : page.facets) {
    for (const auto& value : counted.values)
      text += line(row_of(value, "facet", info(counted.facet).name), kind);
  }
  for (const auto& found : page.significant) {
    for (const auto& value : found.values)
      text += line(row_of(value, info(found.facet).name), kind);
  }
  if (page.timeline) {
    for (const auto& row : page.timeline->rows)
      text += line(row_of(row, "timeline", to_string(page.timeline->unit)), kind);
  }
  return text;
}

}  // namespace dateline
