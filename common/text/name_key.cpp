#include "common/text/name_key.h"

#include <algorithm>

#include "common/text/unicode.h"

namespace dateline {

namespace {

constexpr std::ptrdiff_t kMostParts =
    32;  // of a name; the runs of so many words are as many as their square

bool parts_names(char c) { return c == ' ' || c == '-'; }

bool begins_part(std::string_view key, std::size_t at) {
  return !parts_names(key[at]) && (at == 0 || parts_names(key[at - 1]));
}
bool ends_part(std::string_view key, std::size_t end) {
  return !parts_names(key[end - 1]) && (end == key.size() || parts_names(key[end]));
}

}  // namespace

std::string name_key(std::string_view name) {
  std::string plain;
  for (std::size_t pos = 0; pos < name.size();) {
    const auto c = code_point_at(name, pos);
    const bool mark = c.value == '.' || c.value == ',' || c.value == '"' || c.value == 0x201C ||
                      c.value == 0x201D;
    if (!mark) plain.append(name, pos, c.bytes);
    pos += c.bytes;
  }
  return fold_name(plain);
}

std::vector<std::string> name_runs(std::string_view key) {
  std::vector<std::string> runs;
  if (std::ranges::count_if(key, parts_names) >= kMostParts) return {std::string(key)};
  for (std::size_t begin = 0; begin < key.size(); ++begin) {
    if (!begins_part(key, begin)) continue;
    for (std::size_t end = begin + 1; end <= key.size(); ++end) {
      if (ends_part(key, end)) runs.emplace_back(key.substr(begin, end - begin));
    }
  }
  std::ranges::sort(runs);
  const auto repeated = std::ranges::unique(runs);
  runs.erase(repeated.begin(), repeated.end());
  return runs;
}

bool has_part(std::string_view key, std::string_view part, bool begins) {
  if (part.empty()) return false;
  for (auto at = key.find(part); at != std::string_view::npos; at = key.find(part, at + 1)) {
    if (begins_part(key, at) && (begins || ends_part(key, at + part.size()))) return true;
  }
  return false;
}

}  // namespace dateline
