#include "indexer/database/facet_dictionary.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/text/take_until.h"

namespace dateline {

void FacetDictionary::load_chunk(std::string_view lines) {
  while (!lines.empty()) {
    const auto entry = take_until(lines, '\n');
    if (!entry.empty())
      ordinals_.emplace(facet_key(facet_, entry), static_cast<Ordinal>(entries_.size()));
    entries_.emplace_back(entry);
  }
}

Ordinal FacetDictionary::ordinal_of(const FacetValue& value) {
  if (value.entry.find('\n') != std::string::npos)
    throw Error(
        fmt::format("facet {}: \"{}\" is more than one line", info(facet_).name, value.entry));
  const auto [known, is_new] =
      ordinals_.try_emplace(value.key, static_cast<Ordinal>(entries_.size()));
  const Ordinal ordinal = known->second;
  if (is_new)
    entries_.push_back(value.entry);
  else if (entries_[ordinal] == value.entry)
    return ordinal;
  else
    entries_[ordinal] = value.entry;
  changed_.insert(ordinal / kNamesPerChunk);
  return ordinal;
}

std::string FacetDictionary::pack(const std::vector<FacetValue>& values) {
  std::vector<Ordinal> ordinals;
  for (const auto& value : values) ordinals.push_back(ordinal_of(value));
  std::ranges::sort(ordinals);
  return pack_ordinals(ordinals);
}

std::vector<Ordinal> FacetDictionary::unpack(const std::filesystem::path& database,
                                             std::uint32_t document,
                                             std::string_view packed) const {
  const auto fail = [&](const std::string& what) {
    throw Error(
        fmt::format("{}: document {}: {}: the index is damaged", database.string(), document, what),
        Remedy{RemedyKind::rebuild});
  };
  const std::string_view facet = info(facet_).name;
  std::vector<Ordinal> ordinals;
  if (!for_each_ordinal(packed, [&](Ordinal ordinal) { ordinals.push_back(ordinal); })) {
    fail(fmt::format("its facet {} is no list of ordinals", facet));
  }
  if (!ordinals.empty() && ordinals.back() >= entries_.size()) {
    fail(fmt::format("{} {} has no name", facet, ordinals.back()));
  }
  return ordinals;
}

void FacetDictionary::forget_unused(const std::vector<bool>& used) {
  for (std::size_t i = 0; i < std::min(used.size(), entries_.size()); ++i) {
    if (used[i] || entries_[i].empty()) continue;
    ordinals_.erase(facet_key(facet_, entries_[i]));
    entries_[i].clear();
    changed_.insert(i / kNamesPerChunk);
  }
}

std::string FacetDictionary::chunk(std::size_t number) const {
  std::string lines;
  const auto end = std::min(entries_.size(), (number + 1) * kNamesPerChunk);
  for (std::size_t i = number * kNamesPerChunk; i < end; ++i) lines += entries_[i] + '\n';
  return lines;
}

std::vector<std::pair<std::size_t, std::string>> FacetDictionary::take_changed_chunks() {
  std::vector<std::pair<std::size_t, std::string>> chunks;
  for (const auto number : changed_) chunks.emplace_back(number, chunk(number));
  changed_.clear();
  return chunks;
}

}  // namespace dateline
