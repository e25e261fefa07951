// Reading lines and their columns: what the index keeps in its metadata, the tables of data/, the files people write.
#pragma once

#include <string_view>

namespace dateline {

// What stands before the first `mark` of the text, or all of it when it has none; both are taken away from it. So a mark at the very end opens no further
// line: `while (!text.empty()) take_until(text, '\n')` reads the lines of a file.
inline std::string_view take_until(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const auto taken = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return taken;
}

}  // namespace dateline
