#include "indexer/database/exclude_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "common/error.h"
#include "common/real_path.h"
#include "common/text/take_until.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool is_there(const fs::path& path) {
  std::error_code failure;
  return fs::exists(fs::symlink_status(path, failure));
}

// What is wrong with a line, "" for nothing.
std::string mistake(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) return "holds a NUL byte";
  if (real_path(line) == "/" || spelt_path(line) == "/") return "would leave out everything";
  if (is_there(line)) return "";
  if (line.find_first_of("*?[") != std::string_view::npos) {
    return "there is no such path, and patterns are not taken";
  }
  if (line.starts_with('~')) {
    return "there is no such path, and ~ does not stand for a home folder here";
  }
  return "";
}

}  // namespace

ExcludeList parse_exclude_list(std::string_view text, const std::string& file) {
  ExcludeList list;
  if (text.starts_with(kBom)) text.remove_prefix(kBom.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = take_until(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') continue;
    if (const auto wrong = mistake(line); !wrong.empty()) {
      throw Error(fmt::format("{}:{}: \"{}\": {}", file, number, replace_invalid_utf8(line), wrong),
                  "a path a line, absolute or relative to the current folder; nothing was changed");
    }
    const ExcludedPath path{spelt_path(line), real_path(line)};
    if (std::ranges::find(list, path) == list.end()) list.push_back(path);
  }
  return list;
}

std::string to_text(const ExcludeList& list) {
  std::string text;
  for (const auto& path : list) {
    text.append(path.spelt).append(1, '\0').append(path.real).append(1, '\0');
  }
  return text;
}

ExcludeList stored_exclude_list(std::string_view text) {
  ExcludeList list;
  while (!text.empty()) {
    ExcludedPath path;
    path.spelt = take_until(text, '\0');
    path.real = take_until(text, '\0');
    list.push_back(std::move(path));
  }
  return list;
}

}  // namespace dateline
