#include "indexer/extract/places/place_word.h"

#include <fmt/format.h>

#include <array>

#include "common/error.h"
#include "indexer/extract/places/gazetteer.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

// In the order of PlaceRole.
constexpr std::array<std::string_view, 31> kRoles = {
    "locative",    "direction",       "place_noun",  "people",    "body",
    "feature",     "street",          "prefix",      "month",     "word",
    "capitalised", "surname",         "institution", "where",     "at",
    "in_dateline", "reports",         "currency",    "compound",  "list",
    "outside",     "concern",         "renowned",    "motion",    "within",
    "way_from",    "person_compound", "of_person",   "of_office", "being",
    "asks"};
static_assert(kRoles.size() == static_cast<unsigned>(PlaceRole::asks) + 1);

}  // namespace

PlaceWords PlaceWords::load(const std::filesystem::path& file) {
  PlaceWords words;
  read_tsv(file, 3,
           [&](std::span<const std::string_view> row) {
             std::size_t role = 0;
             while (role < kRoles.size() && kRoles[role] != row[1]) ++role;
             const auto kind =
                 row[2].empty() ? std::optional(PlaceKind::area) : parse_place_kind(row[2]);
             if (role == kRoles.size() || !kind)
               throw Error(fmt::format("{}: no role or kind: {}\t{}\t{}", file.string(), row[0],
                                       row[1], row[2]));
             Entry& entry = words.entries_[hash_of_name(row[0]).value];
             entry.roles |= 1u << role;
             if (role == static_cast<unsigned>(PlaceRole::outside) && row[0][0] >= 'a')
               entry.outside_in_lower_case = true;
             if (!row[2].empty()) entry.kind = *kind;
           },
           {.key_columns = 2});
  return words;
}

PlaceWords::Entry PlaceWords::find(std::uint64_t name_hash) const {
  const auto found = entries_.find(name_hash);
  return found == entries_.end() ? Entry{} : found->second;
}

PlaceWords::Entry PlaceWords::find(const Token& token) const {
  return token.kind == TokenKind::word ? find(Gazetteer::extend({}, token.key).value) : Entry{};
}

}  // namespace dateline
