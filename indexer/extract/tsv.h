// Reading the tables of data/: UTF-8, one header line, columns parted by tabs, no quoting.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace dateline {

// Calls `row` for each line after the header. Throws Error when the file cannot be read or a line
// has fewer than `columns` columns.
void read_tsv(const std::filesystem::path& file, std::size_t columns,
              const std::function<void(std::span<const std::string_view>)>& row);

// The whole file. Throws Error when it cannot be read.
std::string read_data_file(const std::filesystem::path& file);

}  // namespace dateline
