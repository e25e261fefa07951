#include "query/count/significance.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "common/error.h"

namespace dateline {
namespace {

// One cell of the table: seen * ln(seen / expected).
double cell(double seen, double row, double column, double all) {
  return seen > 0 ? seen * std::log(seen * all / (row * column)) : 0;
}

}  // namespace

double log_likelihood(std::uint64_t with, std::uint64_t hits, std::uint64_t archive_with,
                      std::uint64_t archive) {
  const auto a = static_cast<double>(with);
  const auto in = static_cast<double>(hits);
  const auto all_with = static_cast<double>(archive_with);
  const auto all = static_cast<double>(archive);
  if (a * all <= in * all_with) return 0;
  const double out = all - in;
  const double sum = cell(a, in, all_with, all) + cell(in - a, in, all - all_with, all) +
                     cell(all_with - a, out, all_with, all) +
                     cell(out - (all_with - a), out, all - all_with, all);
  return 2 * sum;
}

SignificantResult significant_values(const FacetRequest& wanted, bool guessed_places,
                                     const Documents& hits, const Documents& archive,
                                     Columns& columns, const IndexReader& index) {
  std::unordered_map<Ordinal, std::uint32_t> in_archive;
  for (const auto& [ordinal, count] : count_ordinals(wanted.facet, archive, columns))
    in_archive.emplace(ordinal, count);
  SignificantResult result{.facet = wanted.facet, .values = {}};
  for (const auto& [ordinal, count] : count_ordinals(wanted.facet, hits, columns)) {
    if (count < kLeastSignificantCount) continue;
    if (!guessed_places && index.is_guess(wanted.facet, ordinal)) continue;
    const auto known = in_archive.find(ordinal);
    const bool agree =
        known != in_archive.end() && count <= known->second && hits.size() <= archive.size();
    if (!agree)
      throw Error("hits that are not among all articles: the index is damaged",
                  Remedy{kDamageRemedy});
    const double score = log_likelihood(count, hits.size(), known->second, archive.size());
    if (score > 0)
      result.values.push_back(
          {index.value_name(wanted.facet, ordinal), count, known->second, score});
  }
  std::ranges::sort(result.values, [](const SignificantValue& a, const SignificantValue& b) {
    return a.score != b.score ? a.score > b.score : a.value < b.value;
  });
  if (wanted.most && result.values.size() > *wanted.most) result.values.resize(*wanted.most);
  return result;
}

}  // namespace dateline
