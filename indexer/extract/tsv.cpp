#include "indexer/extract/tsv.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <unordered_map>
#include <vector>

#include "common/error.h"
#include "common/text/take_until.h"

namespace dateline {
namespace {

void split(std::string_view line, std::vector<std::string_view>& columns) {
  columns.clear();
  for (bool more = true; more;) {
    more = line.find('\t') != std::string_view::npos;
    columns.push_back(take_until(line, '\t'));
  }
}

// Refuses a table that is not as its rules say, row by row.
class RowCheck {
 public:
  RowCheck(const std::filesystem::path& file, TableRules rules) : file_(file), rules_(rules) {}

  void next(std::size_t line, std::span<const std::string_view> cells) {
    // A tab comes before every character of a cell, so that lines compare as lists of cells do.
    const auto& last = cells[rules_.key_columns - 1];
    const std::string_view key(
        cells[0].data(), static_cast<std::size_t>(last.data() + last.size() - cells[0].data()));
    if (rules_.order == RowOrder::meant) {
      const auto [first, fresh] = lines_.emplace(key, line);
      if (!fresh) refuse_twice(line, first->second, key);
      return;
    }
    if (line_ != 0 && key == key_) refuse_twice(line, line_, key);
    if (line_ != 0 && key < key_)
      throw Error(fmt::format("{}:{}: \"{}\" comes before \"{}\", the row above", file_.string(),
                              line, shown(key), shown(key_)),
                  "rows are in the order of LC_ALL=C sort, below the first line");
    key_ = key;
    line_ = line;
  }

 private:
  [[noreturn]] void refuse_twice(std::size_t line, std::size_t first, std::string_view key) const {
    throw Error(fmt::format("{}:{}: \"{}\" stands in line {} already", file_.string(), line,
                            shown(key), first));
  }
  static std::string shown(std::string_view key) {
    std::string text(key);
    std::ranges::replace(text, '\t', ' ');
    return text;
  }

  const std::filesystem::path& file_;
  TableRules rules_;
  std::string_view key_;  // of the row above
  std::size_t line_ = 0;
  std::unordered_map<std::string_view, std::size_t> lines_;  // of each key, where order is meant
};

}  // namespace

std::string read_data_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  std::error_code ignored;
  const std::streamoff size =
      in && std::filesystem::is_regular_file(file, ignored) ? std::streamoff{in.tellg()} : -1;
  if (size < 0)
    throw Error(fmt::format("{}: cannot be read", file.string()),
                "set DATELINE_DATA to the folder of Dateline's data files");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!in) throw Error(fmt::format("{}: reading failed", file.string()));
  return bytes;
}

void read_tsv(const std::filesystem::path& file, std::size_t columns,
              const std::function<void(std::span<const std::string_view>)>& row, TableRules rules) {
  const std::string bytes = read_data_file(file);
  std::string_view rest = bytes;
  take_until(rest, '\n');
  std::vector<std::string_view> cells;
  RowCheck check(file, rules);
  for (std::size_t line = 2; !rest.empty(); ++line) {
    const auto text = take_until(rest, '\n');
    if (text.empty()) continue;
    split(text, cells);
    if (cells.size() < columns)
      throw Error(fmt::format("{}:{}: {} columns, expected {}", file.string(), line, cells.size(),
                              columns));
    check.next(line, cells);
    try {
      row(cells);
    } catch (const BadRow& bad) {
      throw Error(fmt::format("{}:{}: {}", file.string(), line, bad.message));
    }
  }
}

}  // namespace dateline
