// A whole text as a number: "12" and "-3", but neither "12 km" nor "+12".
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace dateline {

// Decimal, without blanks. Absent when it is none, or when the type cannot hold it.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

}  // namespace dateline
