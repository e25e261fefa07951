// The user's word on names: which of them are one person's, and which are none.
//
// A file of lines "name TAB canonical name": `A. Blinken TAB Antony Blinken` counts the first under the second, a line with nothing after
// the tab says that the name is none. Blank lines and lines that begin with # are comments. Kept in the index, over the automatic table.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace dateline {

// Index metadata key of the lines "name_key TAB canonical name".
constexpr const char* kUserAliasKey = "dateline.user-aliases";

// name_key -> the name it is counted under, "" for no name. No value is the key of another entry: chains are followed.
using UserAliases = std::map<std::string, std::string>;

// Throws Error naming `source` and the line: no tab, more than one, no name, a name given twice or that leads back to itself.
UserAliases parse_user_aliases(std::string_view text, const std::string& source);

// As stored in the index, and back.
std::string to_text(const UserAliases& aliases);
UserAliases stored_user_aliases(std::string_view text);

}  // namespace dateline
