#include "query/match/rank/collapse.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "common/store/schema.h"
#include "common/text/near_duplicate.h"

namespace dateline {
namespace {

constexpr std::size_t kFew =
    64;  // one document of so many: its value alone is read, with a part of those before it

// In the order of documents: a slot's values lie beside each other, and each is read once.
std::unordered_map<Xapian::docid, std::string> signatures_of(
    const IndexReader& index, const std::vector<RankedDocument>& ranked) {
  std::vector<Xapian::docid> ids;
  for (const auto& document : ranked) ids.push_back(document.id);
  std::ranges::sort(ids);
  std::unordered_map<Xapian::docid, std::string> signatures;
  const auto slot = number(Slot::signature);
  if (ids.size() * kFew < index.postings().last_document()) {
    for (const Xapian::docid id : ids) signatures.emplace(id, index.postings().value(slot, id));
    return signatures;
  }
  auto next = ids.begin();
  index.postings().for_each_value(slot, [&](Xapian::docid id, std::string_view value) {
    while (next != ids.end() && *next < id) ++next;
    if (next != ids.end() && *next == id) signatures.emplace(id, value);
  });
  return signatures;
}

}  // namespace

std::vector<RankedDocument> without_near_copies(const IndexReader& index,
                                                const std::vector<RankedDocument>& ranked) {
  const auto signatures = signatures_of(index, ranked);
  NearDuplicates near(ranked.size());
  std::vector<RankedDocument> kept;
  for (const auto& document : ranked) {
    const auto signature = signatures.find(document.id);
    const auto original =
        near.find_or_add(signature == signatures.end() ? std::string() : signature->second);
    if (original)
      ++kept[*original].copies;
    else
      kept.push_back(document);
  }
  return kept;
}

}  // namespace dateline
