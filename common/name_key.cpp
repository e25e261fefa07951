#include "common/name_key.h"

#include <algorithm>

#include "common/unicode.h"

namespace dateline {

std::string name_key(std::string_view name) {
  std::string plain;
  for (std::size_t pos = 0; pos < name.size();) {
    const auto c = code_point_at(name, pos);
    const bool mark = c.value == '.' || c.value == ',' || c.value == '"' || c.value == 0x201C || c.value == 0x201D;
    if (!mark) plain.append(name, pos, c.bytes);
    pos += c.bytes;
  }
  return fold_name(plain);
}

std::vector<std::string> name_runs(std::string_view key) {
  std::vector<std::string> runs;
  for (std::size_t begin = 0; begin < key.size();) {
    for (std::size_t end = key.find(' ', begin);; end = key.find(' ', end + 1)) {
      runs.emplace_back(key.substr(begin, end == std::string_view::npos ? end : end - begin));
      if (end == std::string_view::npos) break;
    }
    const auto next = key.find(' ', begin);
    begin = next == std::string_view::npos ? key.size() : next + 1;
  }
  std::ranges::sort(runs);
  const auto repeated = std::ranges::unique(runs);
  runs.erase(repeated.begin(), repeated.end());
  return runs;
}

}  // namespace dateline
