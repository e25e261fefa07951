#include "indexer/extract/trace.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t kLongestShown = 80;  // bytes of the words judged

std::string shown(std::string_view words) {
  std::string text = single_spaced(words);
  if (text.size() <= kLongestShown) return text;
  std::size_t end = kLongestShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "\u2026";
}

}  // namespace

std::string to_text(const Trace& trace, const Article& article,
                    std::optional<std::uint32_t> offset) {
  std::vector<const Explanation*> order;
  for (const auto& explanation : trace.explanations) {
    if (!offset || (explanation.span.begin <= *offset && *offset < explanation.span.end))
      order.push_back(&explanation);
  }
  std::ranges::stable_sort(order, {}, [](const Explanation* e) { return e->span.begin; });
  std::string text;
  for (const auto* e : order) {
    text += fmt::format("[{}, {}) {} \"{}\": {}\n", e->span.begin, e->span.end, e->subject,
                        shown(slice(article.text, e->span)), e->outcome);
    for (const auto& reason : e->reasons) text += fmt::format("    {}\n", reason);
  }
  return text;
}

}  // namespace dateline
