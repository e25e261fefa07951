#include "query/index/schema_4.h"

#include <algorithm>

namespace dateline {
namespace {

constexpr std::string_view kBlanks = " \t\r";

Span span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::size_t end_of_line(std::string_view text, std::size_t pos) {
  return std::min(text.find('\n', pos), text.size());
}

}  // namespace

void add_spans_of_schema_4(StoredRecord& record, std::string_view text) {
  record.title_span = {};
  record.paragraphs.clear();
  bool open = false;
  for (std::size_t pos = end_of_line(text, 0) + 1; pos < text.size();) {
    const std::size_t end = end_of_line(text, pos);
    const std::string_view line = text.substr(pos, end - pos);
    const auto first = line.find_first_not_of(kBlanks);
    if (first != std::string_view::npos) {
      const Span content = span_of(pos + first, pos + line.find_last_not_of(kBlanks) + 1);
      if (open)
        record.paragraphs.back().end = content.end;
      else
        record.paragraphs.push_back(content);
    }
    open = first != std::string_view::npos;
    pos = end + 1;
  }
  if (record.paragraphs.empty()) return;
  const Span first = record.paragraphs.front();
  if (slice(text, first).starts_with(record.title))
    record.title_span = span_of(first.begin, first.begin + record.title.size());
}

}  // namespace dateline
