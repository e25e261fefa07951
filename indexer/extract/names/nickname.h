// Which given name is a short form short for?
//
// "Bill" is William and "Ted" is Edward or Theodore: data/en/nicknames.tsv lists those that do not
// begin as the long name does. "Dan" for Daniel needs no row.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dateline {

class Nicknames {
 public:
  // Throws Error naming file and line.
  static Nicknames load(const std::filesystem::path& file);

  // Both folded: short_for("bill", "william").
  bool short_for(std::string_view nickname, std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> rows_;  // sorted
};

}  // namespace dateline
