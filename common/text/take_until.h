// Reading lines and their columns: what the index keeps in its metadata, the tables of data/, the
// files people write.
#pragma once

#include <string_view>
#include <vector>

namespace dateline {

// What stands before the first `mark` of the text, or all of it when it has none; both are taken
// away from it. So a mark at the very end opens no further line: `while (!text.empty())
// take_until(text, '\n')` reads the lines of a file.
inline std::string_view take_until(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const auto taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

// All that stand between the marks; as std::string_view they live as long as the text.
template <class Part>
std::vector<Part> parts_of(std::string_view text, char mark) {
  std::vector<Part> parts;
  while (!text.empty()) parts.emplace_back(take_until(text, mark));
  return parts;
}

}  // namespace dateline
