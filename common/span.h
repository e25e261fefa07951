// A stretch of an article's text, the coin in which every finding is paid.
//
// "Blinken said": the mention of Blinken is a Span of byte offsets into Article::text, begin
// included, end excluded, so that `text.substr(span.begin, span.size())` is what the reporter
// wrote, byte for byte.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string_view>

namespace dateline {

struct Span {
  std::uint32_t begin = 0;  // bytes
  std::uint32_t end = 0;    // bytes, exclusive

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  constexpr auto operator<=>(const Span&) const = default;
};

// The bytes a span names. REQUIRES: span.end <= text.size().
constexpr std::string_view slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

// The smallest span that holds both.
constexpr Span hull(Span a, Span b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

}  // namespace dateline
