#include "indexer/database/failed_files.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>

#include "common/path_json.h"
#include "common/text/number.h"
#include "common/text/take_until.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::string_view kOutside = "outside";

std::string escaped(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '\\')
      out += "\\\\";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 't' ? '\t' : c == 'n' ? '\n' : c;
  }
  return out;
}

// "1677801600000000000 1677801600000000000 77 outside": modified; of newer programs also changed,
// inode, and what the date is.
bool read_times(std::string_view cell, FailedFile& file) {
  const auto next = [&](auto& time) {
    const auto number =
        parse_number<std::remove_reference_t<decltype(time)>>(take_until(cell, ' '));
    time = number.value_or(0);
    return number.has_value();
  };
  if (!next(file.modified)) return false;
  if (cell.empty()) return true;
  if (!next(file.changed) || !next(file.inode)) return false;
  file.date_outside = cell == kOutside;
  return cell.empty() || file.date_outside;
}

std::string times(const FailedFile& file) {
  return fmt::format("{} {} {}{}{}", file.modified, file.changed, file.inode,
                     file.date_outside ? " " : "", file.date_outside ? kOutside : "");
}

std::optional<FailedFile> parse_line(std::string_view line) {
  const auto cells = parts_of<std::string_view>(line, '\t');
  if (cells.size() != 4 && cells.size() != 5) return std::nullopt;
  FailedFile file{
      .path = unescaped(cells.back()), .size = 0, .modified = 0, .reason = std::string(cells[0])};
  if (cells.size() == 5) file.since = cells[3];
  const auto size = parse_number<std::uint64_t>(cells[1]);
  if (file.path.empty() || !size || !read_times(cells[2], file)) return std::nullopt;
  file.size = *size;
  return file;
}

}  // namespace

std::string to_json(const FailedFile& file) {
  auto j = nlohmann::ordered_json::object();
  add_path(j, file.path);
  j["reason"] = file.reason;
  j["size"] = file.size;
  if (!file.since.empty()) j["since"] = replace_invalid_utf8(file.since);
  return j.dump();
}

std::string to_text(const std::vector<FailedFile>& files) {
  std::string text;
  for (const auto& file : files)
    text += fmt::format("{}\t{}\t{}\t{}\t{}\n", file.reason, file.size, times(file), file.since,
                        escaped(file.path));
  return text;
}

std::vector<FailedFile> parse_failed_files(std::string_view text) {
  std::vector<FailedFile> files;
  while (!text.empty()) {
    if (auto file = parse_line(take_until(text, '\n'))) files.push_back(std::move(*file));
  }
  return files;
}

}  // namespace dateline
