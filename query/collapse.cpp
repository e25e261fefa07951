#include "query/collapse.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "common/near_duplicate.h"
#include "common/schema.h"

namespace dateline {
namespace {

// In the order of documents: a slot's values lie beside each other, and each is read once.
std::unordered_map<Xapian::docid, std::string> signatures_of(const Xapian::Database& database, const std::vector<RankedDocument>& ranked) {
  std::vector<Xapian::docid> ids;
  for (const auto& document : ranked) ids.push_back(document.id);
  std::ranges::sort(ids);
  std::unordered_map<Xapian::docid, std::string> signatures;
  const auto slot = static_cast<Xapian::valueno>(Slot::signature);
  auto value = database.valuestream_begin(slot);
  const auto end = database.valuestream_end(slot);
  for (const Xapian::docid id : ids) {
    if (value != end) value.skip_to(id);
    if (value == end) break;
    if (value.get_docid() == id) signatures.emplace(id, *value);
  }
  return signatures;
}

}  // namespace

std::vector<RankedDocument> without_near_copies(const Xapian::Database& database, const std::vector<RankedDocument>& ranked) {
  const auto signatures = signatures_of(database, ranked);
  NearDuplicates near(ranked.size());
  std::vector<RankedDocument> kept;
  for (const auto& document : ranked) {
    const auto signature = signatures.find(document.id);
    const auto original = near.find_or_add(signature == signatures.end() ? std::string() : signature->second);
    if (original) ++kept[*original].copies;
    else kept.push_back(document);
  }
  return kept;
}

}  // namespace dateline
