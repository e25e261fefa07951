#include "indexer/extract/tsv.h"

#include <fmt/format.h>

#include <fstream>
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
              const std::function<void(std::span<const std::string_view>)>& row) {
  const std::string bytes = read_data_file(file);
  std::string_view rest = bytes;
  take_until(rest, '\n');
  std::vector<std::string_view> cells;
  for (std::size_t line = 2; !rest.empty(); ++line) {
    const auto text = take_until(rest, '\n');
    if (text.empty()) continue;
    split(text, cells);
    if (cells.size() < columns)
      throw Error(fmt::format("{}:{}: {} columns, expected {}", file.string(), line, cells.size(),
                              columns));
    row(cells);
  }
}

}  // namespace dateline
