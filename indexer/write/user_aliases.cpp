#include "indexer/write/user_aliases.h"

#include <fmt/format.h>

#include <functional>

#include "common/error.h"
#include "common/text/name_key.h"
#include "common/text/take_until.h"
#include "common/text/terminal_text.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

void for_each_line(std::string_view text,
                   const std::function<void(std::size_t number, std::string_view line)>& sink) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto line = take_until(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    sink(number, line);
  }
}

std::string shown(std::string_view line) { return harmless(line.substr(0, 80)); }

// Where the chain of aliases from `name` ends.
std::string end_of_chain(const UserAliases& aliases, const std::string& key,
                         const std::string& source) {
  std::string name = aliases.at(key);
  for (std::size_t steps = 0; !name.empty(); ++steps) {
    const auto next = aliases.find(name_key(name));
    if (next == aliases.end()) break;
    if (next->first == key || steps > aliases.size())
      throw Error(fmt::format("{}: \"{}\" leads back to itself", source, name));
    name = next->second;
  }
  return name;
}

}  // namespace

UserAliases parse_user_aliases(std::string_view text, const std::string& source) {
  if (const auto invalid = find_invalid_utf8(text))
    throw Error(fmt::format("{}: byte {} is not UTF-8", source, *invalid));
  UserAliases given;
  for_each_line(text, [&](std::size_t number, std::string_view line) {
    if (single_spaced(line).empty() || line.starts_with('#')) return;
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos || line.find('\t', tab + 1) != std::string_view::npos) {
      throw Error(fmt::format("{}:{}: not of the form \"name TAB canonical name\": {}", source,
                              number, shown(line)));
    }
    const std::string key = name_key(line.substr(0, tab));
    const std::string name = single_spaced(line.substr(tab + 1));
    if (key.empty())
      throw Error(fmt::format("{}:{}: no name before the tab: {}", source, number, shown(line)));
    if (key == name_key(name)) return;  // only says how the name is spelt
    if (!given.emplace(key, name).second)
      throw Error(fmt::format("{}:{}: the name is there twice: {}", source, number, shown(line)));
  });
  UserAliases aliases;
  for (const auto& [key, name] : given) aliases.emplace(key, end_of_chain(given, key, source));
  return aliases;
}

std::string to_text(const UserAliases& aliases) {
  std::string text;
  for (const auto& [key, name] : aliases)
    text.append(key).append(1, '\t').append(name).append(1, '\n');
  return text;
}

UserAliases stored_user_aliases(std::string_view text) {
  UserAliases aliases;
  for_each_line(text, [&](std::size_t, std::string_view line) {
    const auto tab = line.find('\t');
    if (tab != std::string_view::npos) aliases.emplace(line.substr(0, tab), line.substr(tab + 1));
  });
  return aliases;
}

AliasChanges alias_changes(const UserAliases& before, const UserAliases& after) {
  AliasChanges changes;
  for (const auto& [key, name] : after) {
    const auto old = before.find(key);
    if (old == before.end())
      ++changes.added;
    else if (old->second != name)
      ++changes.changed;
  }
  changes.removed = before.size() + changes.added - after.size();
  return changes;
}

bool are_too_many(const AliasChanges& changes, std::uint64_t before,
                  std::optional<std::uint64_t> most) {
  if (most) return changes.all() > *most;
  const std::uint64_t lost = changes.removed + changes.changed;
  const bool all = changes.removed == before && before >= kManyAliases;
  return all || (before >= kManyAliasesToHalve && 2 * lost > before);
}

}  // namespace dateline
