#include "indexer/extract/names/nickname.h"

#include <algorithm>

#include "indexer/extract/tsv.h"

namespace dateline {

Nicknames Nicknames::load(const std::filesystem::path& file) {
  Nicknames nicknames;
  const auto add = [&](std::span<const std::string_view> row) {
    nicknames.rows_.emplace_back(row[0], row[1]);
  };
  read_tsv(file, 2, add, {.key_columns = 2});
  std::ranges::sort(nicknames.rows_);
  return nicknames;
}

bool Nicknames::short_for(std::string_view nickname, std::string_view name) const {
  using Pair = std::pair<std::string_view, std::string_view>;
  const auto as_views = [](const auto& row) { return Pair(row.first, row.second); };
  return std::ranges::binary_search(rows_, Pair(nickname, name), {}, as_views);
}

}  // namespace dateline
