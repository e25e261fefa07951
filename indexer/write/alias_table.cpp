#include "indexer/write/alias_table.h"

#include <set>
#include <string_view>

#include "common/text/name_key.h"
#include "common/text/take_until.h"

namespace dateline {
namespace {

struct Skeleton {
  std::string names;     // the key without middle initials
  std::string initials;  // those left out
};

Skeleton skeleton(std::string_view key) {
  const auto words = parts_of<std::string_view>(key, ' ');
  Skeleton result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && i + 1 < words.size() && words[i].size() == 1) {
      result.initials += words[i];
    } else {
      if (!result.names.empty()) result.names += ' ';
      result.names += words[i];
    }
  }
  return result;
}

bool is_better(const NameCount& a, const NameCount& b) {
  if (a.documents != b.documents) return a.documents > b.documents;
  if (a.name.size() != b.name.size()) return a.name.size() > b.name.size();
  return a.name < b.name;
}

struct Group {
  std::set<std::string> initials;  // without ""
  std::vector<const NameCount*> names;
};

void add_group(AliasTable& table, const std::vector<const NameCount*>& names) {
  if (names.size() < 2) return;
  const NameCount* best = names.front();
  for (const auto* name : names) best = is_better(*name, *best) ? name : best;
  for (const auto* name : names) table[name_key(name->name)] = best->name;
}

}  // namespace

namespace {

void apply(const UserAliases& user, const std::vector<NameCount>& names, AliasTable& table) {
  for (auto& [key, shown] : table) {
    if (const auto alias = user.find(name_key(shown)); alias != user.end()) shown = alias->second;
  }
  std::map<std::string, std::string> canonical;
  for (const auto& [key, name] : user) canonical.emplace(name_key(name), name);
  for (const auto& name : names) {
    const std::string key = name_key(name.name);
    if (const auto alias = user.find(key); alias != user.end())
      table[key] = alias->second;
    else if (const auto spelt = canonical.find(key);
             spelt != canonical.end() && spelt->second != name.name)
      table[key] = spelt->second;
  }
}

}  // namespace

AliasTable make_alias_table(const std::vector<NameCount>& names, const UserAliases& user) {
  std::map<std::string, Group> groups;
  for (const auto& name : names) {
    const std::string key = name_key(name.name);
    const auto parts = name.organisation ? Skeleton{"organisation " + key, ""} : skeleton(key);
    auto& group = groups[parts.names];
    if (!parts.initials.empty()) group.initials.insert(parts.initials);
    group.names.push_back(&name);
  }
  AliasTable table;
  for (const auto& [key, group] : groups) {
    if (group.initials.size() <= 1) {
      add_group(table, group.names);
      continue;
    }
    std::map<std::string, std::vector<const NameCount*>>
        same_key;  // spellings of one name: José, Jose
    for (const auto* name : group.names) same_key[name_key(name->name)].push_back(name);
    for (const auto& [one, spellings] : same_key) add_group(table, spellings);
  }
  apply(user, names, table);
  return table;
}

}  // namespace dateline
