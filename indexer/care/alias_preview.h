// What would a file of aliases join, and how many articles would it move?
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "indexer/write/user_aliases.h"

namespace dateline {

// Hands a line to `line` for each alias, in the order of its key: "Antony J. Blinken (3 articles)
// -> Antony Blinken (41, then 43 articles)". Changes nothing. Throws Error when the database cannot
// be read.
void preview_aliases(const std::filesystem::path& database, const UserAliases& aliases,
                     const std::function<void(const std::string&)>& line);

}  // namespace dateline
