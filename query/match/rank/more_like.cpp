#include "query/match/rank/more_like.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "common/store/schema.h"
#include "query/index/article_stems.h"
#include "query/language/stop_word.h"

namespace dateline {
namespace {

struct TellingWord {
  std::string stem;
  double value;
};

std::vector<TellingWord> candidates(const IndexReader& index, const Matcher& matcher,
                                    Xapian::docid id) {
  std::vector<TellingWord> found;
  const auto all = static_cast<double>(matcher.statistics().documents);
  for_each_stem(index, id, [&](const std::string& term, std::uint32_t count) {
    const std::string stem = term.substr(kStemPrefix.size());
    if (is_stop_word(stem)) return;
    const double articles = matcher.frequency(term);
    if (articles >= 2) found.push_back({stem, count * std::log(all / articles)});
  });
  return found;
}

}  // namespace

ResolvedNode more_like(const IndexReader& index, const Matcher& matcher, Xapian::docid id) {
  auto best = candidates(index, matcher, id);
  std::ranges::sort(best, [](const TellingWord& a, const TellingWord& b) {
    return a.value != b.value ? a.value > b.value : a.stem < b.stem;
  });
  if (best.size() > kTermsOfAnArticle) best.resize(kTermsOfAnArticle);
  ResolvedNode words{.kind = NodeKind::any};
  for (const auto& [stem, value] : best) {
    words.children.push_back({.kind = NodeKind::word, .terms = {std::string(kStemPrefix) + stem}});
  }
  const ResolvedNode itself{.kind = NodeKind::value,
                            .terms = {make_term(kUniquePrefix, index.path_of(id))}};
  return {.kind = NodeKind::all,
          .children = {std::move(words), {.kind = NodeKind::none, .children = {itself}}}};
}

}  // namespace dateline
