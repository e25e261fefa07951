// Reading the tables of data/: UTF-8, one header line, columns separated by tabs, no quoting.
//
// A row is known by its first columns, its key: the word of `titles.tsv`, word and role of
// `place_words.tsv`. No key stands twice, and rows are in the order of the bytes of their keys, as
// `LC_ALL=C sort` writes them: so whoever adds a row sees whether it is there already. A table
// whose order has a meaning, such as "the first pattern that fits", says so by RowOrder::meant.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace dateline {

enum class RowOrder : std::uint8_t {
  by_key,  // a row whose key comes before that of the row above is an error
  meant,   // the order is part of what the table says
};

struct TableRules {
  std::size_t key_columns = 1;
  RowOrder order = RowOrder::by_key;
};

// Thrown by a caller's `row` when a cell says what no rule knows: read_tsv makes it an Error that
// names file and line.
struct BadRow {
  std::string message;
};

// Calls `row` for each line after the header. Throws Error naming file and line when the file
// cannot be read, a line has fewer than `columns` columns, a key stands twice, a row is out of
// order, or `row` throws BadRow. REQUIRES: 1 <= rules.key_columns <= columns.
void read_tsv(const std::filesystem::path& file, std::size_t columns,
              const std::function<void(std::span<const std::string_view>)>& row,
              TableRules rules = {});

// The whole file. Throws Error when it cannot be read.
std::string read_data_file(const std::filesystem::path& file);

}  // namespace dateline
