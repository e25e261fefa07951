// The user's word on names: which of them are one person's, and which are none.
//
// A file of lines "name TAB canonical name": `A. Blinken TAB Antony Blinken` counts the first under
// the second, a line with nothing after the tab says that the name is none. Blank lines and lines
// that begin with # are comments. Kept in the index, over the automatic table.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dateline {

// name_key -> the name it is counted under, "" for no name. No value is the key of another entry:
// chains are followed.
using UserAliases = std::map<std::string, std::string>;

// Throws Error naming `source` and the line: no tab, more than one, no name, a name given twice or
// that leads back to itself.
UserAliases parse_user_aliases(std::string_view text, const std::string& source);

// As stored in the index, and back.
std::string to_text(const UserAliases& aliases);
UserAliases stored_user_aliases(std::string_view text);

struct AliasChanges {
  std::uint64_t added = 0;
  std::uint64_t removed = 0;
  std::uint64_t changed = 0;  // counted under another name than before
  std::uint64_t all() const { return added + removed + changed; }
  bool operator==(const AliasChanges&) const = default;
};
AliasChanges alias_changes(const UserAliases& before, const UserAliases& after);

// An emptied or half written file looks as if the user had withdrawn aliases. Too many:
// kManyAliases or more that are all gone, or more than half of kManyAliasesToHalve gone or changed;
// a number given by the user takes the place of both rules.
constexpr std::uint64_t kManyAliases = 10;
constexpr std::uint64_t kManyAliasesToHalve = 20;
bool are_too_many(const AliasChanges& changes, std::uint64_t before,
                  std::optional<std::uint64_t> most);

}  // namespace dateline
