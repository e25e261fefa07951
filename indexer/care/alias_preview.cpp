#include "indexer/care/alias_preview.h"

#include <fmt/format.h>
#include <xapian.h>

#include <set>
#include <vector>

#include "common/store/ordinals.h"
#include "common/store/schema.h"
#include "common/text/name_key.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/xapian_error.h"

namespace dateline {
namespace {

// Articles by the name they have, and by the name they would be counted under.
struct Counts {
  std::map<std::string, std::uint64_t> by_key;
  std::map<std::string, std::uint64_t> by_canonical;
  std::map<std::string, std::string> spelling;  // of a key, the first in byte order
};

Counts count_articles(const std::filesystem::path& path, const Xapian::Database& database,
                      const UserAliases& aliases) {
  const FacetDictionary dictionary = read_dictionary(database, Facet::speaker);
  const auto& names = dictionary.entries();
  const auto slot = number(info(Facet::speaker).slot);
  Counts counts;
  for (auto value = database.valuestream_begin(slot); value != database.valuestream_end(slot);
       ++value) {
    std::set<std::string> keys;
    std::set<std::string> canonical;
    for (const Ordinal ordinal : dictionary.unpack(path, value.get_docid(), *value)) {
      const std::string& name = names[ordinal];
      const std::string key = name_key(name);
      keys.insert(key);
      const auto alias = aliases.find(key);
      canonical.insert(alias == aliases.end() ? key : name_key(alias->second));
      const auto known = counts.spelling.emplace(key, name).first;
      known->second = std::min(known->second, name);
    }
    for (const auto& key : keys) ++counts.by_key[key];
    for (const auto& key : canonical) ++counts.by_canonical[key];
  }
  return counts;
}

std::string articles(std::uint64_t count) {
  return fmt::format("{} article{}", count, count == 1 ? "" : "s");
}

}  // namespace

void preview_aliases(const std::filesystem::path& path, const UserAliases& aliases,
                     const std::function<void(const std::string&)>& line) {
  const Counts counts = translating_xapian_errors(path, [&] {
    const Xapian::Database database = open_index(path);
    require_schema(database, path);
    return count_articles(path, database, aliases);
  });
  for (const auto& [key, name] : aliases) {
    const auto known = counts.by_key.find(key);
    if (known == counts.by_key.end()) {
      line(fmt::format("{}: no article has this name", key));
      continue;
    }
    const std::string from =
        fmt::format("{} ({})", counts.spelling.at(key), articles(known->second));
    const auto before = counts.by_key.find(name_key(name));
    line(name.empty() ? fmt::format("{} -> no name", from)
                      : fmt::format("{} -> {} ({}, then {})", from, name,
                                    before == counts.by_key.end() ? 0 : before->second,
                                    articles(counts.by_canonical.at(name_key(name)))));
  }
}

}  // namespace dateline
