#include "query/index/columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/packed_day.h"
#include "query/index/index_reader.h"

namespace dateline {
namespace {

constexpr std::size_t kFew =
    4;  // documents of so many: their values alone are unpacked, which takes a sixth of the time
constexpr double kLeastLength =
    0.5;  // of the average: a headline alone is not the best answer to everything

// The values of a document under the names they are counted as.
void merge(std::vector<Ordinal>& values, std::size_t begin,
           const std::unordered_map<Ordinal, Ordinal>& merged) {
  for (std::size_t i = begin; i < values.size(); ++i) {
    if (const auto under = merged.find(values[i]); under != merged.end()) values[i] = under->second;
  }
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(begin);
  std::sort(first, values.end());
  values.erase(std::unique(first, values.end()), values.end());
  if (values.size() > begin && values.back() == IndexReader::kNoName) values.pop_back();
}

}  // namespace

std::size_t Columns::size() const { return std::size_t{index_.postings().last_document()} + 1; }

const SharedColumns& Columns::shared() const { return index_.snapshot()->columns; }

const std::vector<float>& Columns::dampings(const Damping& damping) const {
  return shared().dampings.get(damping, [&] {
    const auto [k1, b] = damping.saturation;
    std::vector<float> dampings;
    for (const auto length : index_.postings().lengths())
      dampings.push_back(static_cast<float>(
          k1 * (std::max(kLeastLength, length / damping.average_length) * b + (1 - b))));
    return dampings;
  });
}

const std::vector<std::uint32_t>& Columns::days() const {
  return shared().days.get([&] { return read_days(); });
}

std::vector<std::uint32_t> Columns::read_days() const {
  std::vector<std::uint32_t> days(size(), 0);
  Xapian::doccount dated = 0;
  index_.postings().for_each_value(
      number(Slot::date), [&](Xapian::docid id, std::string_view packed) {
        const std::uint32_t day = packed_day_number(packed);
        const bool is_day = day > 0 || packed.find_first_not_of('\0') == std::string_view::npos;
        if (packed.size() != 4 || !is_day) {
          index_.throw_damaged(fmt::format("document {}: its day of publication is none", id));
        }
        days[id] = day;
        ++dated;
      });
  if (const auto all = index_.database().get_doccount(); dated != all) {
    index_.throw_damaged(fmt::format("{} of {} documents have a day of publication", dated, all));
  }
  return days;
}

bool Columns::should_read_few(Facet facet, const Documents& documents) const {
  if (documents.size() * kFew >= size() || shared().ordinals.is_made(facet)) return false;
  const auto bit = std::uint64_t{1} << static_cast<unsigned>(facet);
  return (shared().wanted_once.fetch_or(bit) & bit) == 0;
}

void Columns::read_few(Facet facet, const Documents& documents,
                       const std::function<void(Ordinal)>& sink) const {
  const auto& merged = index_.merged_ordinals(facet);
  auto next = documents.begin();
  std::vector<Ordinal> values;
  index_.postings().for_each_value(
      number(info(facet).slot), [&](Xapian::docid id, std::string_view packed) {
        while (next != documents.end() && *next < id) ++next;
        if (next == documents.end() || *next != id) return;
        values.clear();
        if (!for_each_ordinal(packed, [&](Ordinal ordinal) { values.push_back(ordinal); })) {
          throw_no_list(facet, id);
        }
        if (!merged.empty()) merge(values, 0, merged);
        for (const auto value : values) sink(value);
      });
}

void Columns::throw_no_list(Facet facet, Xapian::docid id) const {
  index_.throw_damaged(
      fmt::format("document {}: its facet {} is no list of ordinals", id, info(facet).name));
}

const OrdinalColumn& Columns::ordinals(Facet facet) const {
  return shared().ordinals.get(facet, [&] { return read_ordinals(facet); });
}

std::vector<std::uint32_t>& Columns::tally(const OrdinalColumn& column) {
  if (tally_.size() < column.limit) tally_.resize(column.limit, 0);
  return tally_;
}

OrdinalColumn Columns::read_ordinals(Facet facet) const {
  const auto& merged = index_.merged_ordinals(facet);
  const std::size_t documents = size();
  OrdinalColumn column;
  column.begin.reserve(documents + 1);
  index_.postings().for_each_value(
      number(info(facet).slot), [&](Xapian::docid id, std::string_view packed) {
        const std::size_t first = column.values.size();
        column.begin.resize(std::size_t{id} + 1, static_cast<std::uint32_t>(first));
        if (!for_each_ordinal(packed, [&](Ordinal ordinal) { column.values.push_back(ordinal); })) {
          throw_no_list(facet, id);
        }
        if (!merged.empty()) merge(column.values, first, merged);
      });
  column.begin.resize(documents + 1, static_cast<std::uint32_t>(column.values.size()));
  if (!column.values.empty()) {
    const Ordinal highest = *std::ranges::max_element(column.values);
    index_.entry(
        facet,
        highest);  // throws when no name has the number: counts are kept for each up to the highest
    if (!index_.postings().can_hold(highest)) {
      index_.throw_damaged(
          fmt::format("{} {} is more than it has room for", info(facet).name, highest));
    }
    column.limit = std::size_t{highest} + 1;
  }
  return column;
}

}  // namespace dateline
