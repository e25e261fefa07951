#include "indexer/extract/names/name_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/error.h"
#include "indexer/extract/tsv.h"

namespace dateline {
namespace {

// In the order of NameRole.
constexpr std::array<std::string_view, kNameRoles> kRoles = {"strong_title",
                                                             "body_noun",
                                                             "reports",
                                                             "said",
                                                             "according",
                                                             "to",
                                                             "the",
                                                             "article",
                                                             "who",
                                                             "relative",
                                                             "which",
                                                             "particle",
                                                             "opening_particle",
                                                             "particle_behind_mark",
                                                             "leading_particle",
                                                             "portfolio",
                                                             "of",
                                                             "and",
                                                             "place_prefix",
                                                             "title_or_street",
                                                             "family_month",
                                                             "suffix",
                                                             "younger",
                                                             "no_person",
                                                             "party",
                                                             "plain_acronym",
                                                             "country_acronym",
                                                             "first_person",
                                                             "given_month",
                                                             "surname_too",
                                                             "joining_particle",
                                                             "patronymic",
                                                             "family_middle",
                                                             "title_half",
                                                             "honorific_first",
                                                             "honorific_second",
                                                             "honour",
                                                             "civil",
                                                             "portfolio_head",
                                                             "spokesperson",
                                                             "institution",
                                                             "institution_first",
                                                             "institution_second",
                                                             "announces",
                                                             "of_body",
                                                             "given_word",
                                                             "royal"};

}  // namespace

void read_name_words(const std::filesystem::path& file,
                     const std::function<void(std::string_view word, NameRole role)>& take) {
  const auto row_of = [&](std::span<const std::string_view> row) {
    const auto found = std::ranges::find(kRoles, row[1]);
    if (found == kRoles.end())
      throw Error(fmt::format("{}: \"{}\" is no role of a word of names (of \"{}\")", file.string(),
                              row[1], row[0]));
    take(row[0], static_cast<NameRole>(found - kRoles.begin()));
  };
  read_tsv(file, 2, row_of, {.key_columns = 2});
}

}  // namespace dateline
