// Results as plain lines: paths for xargs, TREC runs for evaluation tools.
#include <fmt/format.h>

#include <algorithm>

#include "common/text/terminal_text.h"
#include "query/render/format.h"

namespace dateline {
namespace {

// Columns are parted by blanks.
std::string column(std::string_view text) {
  std::string shown = harmless(text);
  std::ranges::replace(shown, ' ', '_');
  return shown.empty() ? "_" : shown;
}

// Counts as lines that no path and no run begins like.
std::string counts(const ResultSet& page, const std::string& begin, char end) {
  std::string text;
  for (const auto& facet : page.facets) {
    for (const auto& value : facet.values)
      text += fmt::format("{} facet {} {} {}{}", begin, info(facet.facet).name, value.count,
                          harmless(value.value), end);
  }
  for (const auto& found : page.significant) {
    for (const auto& value : found.values) {
      text += fmt::format("{} significant {} {} {} {:.6f} {}{}", begin, info(found.facet).name,
                          value.count, value.archive, value.score, harmless(value.value), end);
    }
  }
  if (page.timeline) {
    for (const auto& row : page.timeline->rows)
      text += fmt::format("{} timeline {} {}{}", begin, row.value, row.count, end);
  }
  return text;
}

std::string name_of(const std::string& path) {
  std::string name = path.substr(path.rfind('/') + 1);
  if (name.ends_with(".txt")) name.resize(name.size() - 4);
  return column(name);
}

std::string run_id(const std::string& query_id) {
  return query_id.empty() ? "1" : column(query_id);
}

}  // namespace

std::string paths_hits(const ResultSet& page, bool exact) {
  std::string text;
  for (const auto& hit : page.hits) text += exact ? hit.path + '\0' : harmless(hit.path) + '\n';
  return text;
}

std::string paths_end(const ResultSet& page, bool exact) {
  return counts(page, "#", exact ? '\0' : '\n');
}

std::string trec_hits(const ResultSet& page, const std::string& query_id) {
  std::string text;
  std::size_t rank = page.offset + page.earlier;
  for (const auto& hit : page.hits)
    text += fmt::format("{} Q0 {} {} {:.6f} dateline\n", run_id(query_id), name_of(hit.path),
                        ++rank, hit.score);
  return text;
}

std::string trec_end(const ResultSet& page, const std::string& query_id) {
  return counts(page, "# " + run_id(query_id), '\n');
}

}  // namespace dateline
