#include "query/more_like.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "common/schema.h"
#include "query/stop_word.h"

namespace dateline {
namespace {

struct Candidate {
  std::string stem;
  double value;
};

// Stems of the text: Ztreati, not those of the title, ZStreati, which stand there as well.
bool is_stem(const std::string& term) { return term.size() > 1 && (term[1] < 'A' || term[1] > 'Z'); }

std::vector<Candidate> candidates(const Xapian::Database& database, Xapian::docid id) {
  std::vector<Candidate> found;
  const double all = database.get_doccount();
  auto term = database.termlist_begin(id);
  for (term.skip_to(std::string(kStemPrefix)); term != database.termlist_end(id) && (*term).starts_with(kStemPrefix); ++term) {
    const std::string name = *term;
    const std::string stem = name.substr(1);
    const double articles = term.get_termfreq();
    if (!is_stem(name) || articles < 2 || is_stop_word(stem)) continue;
    found.push_back({stem, term.get_wdf() * std::log(all / articles)});
  }
  return found;
}

}  // namespace

ResolvedNode more_like(const IndexReader& index, Xapian::docid id) {
  const Xapian::Database& database = index.database();
  auto best = candidates(database, id);
  std::ranges::sort(best, [](const Candidate& a, const Candidate& b) { return a.value != b.value ? a.value > b.value : a.stem < b.stem; });
  if (best.size() > kTermsOfAnArticle) best.resize(kTermsOfAnArticle);
  ResolvedNode words{.kind = NodeKind::any};
  for (const auto& [stem, value] : best) {
    words.children.push_back({.kind = NodeKind::word, .terms = {std::string(kStemPrefix) + stem}});
  }
  const ResolvedNode itself{.kind = NodeKind::value, .terms = {make_term(kUniquePrefix, index.path_of(database.get_document(id)))}};
  return {.kind = NodeKind::all, .children = {std::move(words), {.kind = NodeKind::none, .children = {itself}}}};
}

}  // namespace dateline
