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

MoreLike more_like(const Xapian::Database& database, Xapian::docid id) {
  auto best = candidates(database, id);
  std::ranges::sort(best, [](const Candidate& a, const Candidate& b) { return a.value != b.value ? a.value > b.value : a.stem < b.stem; });
  if (best.size() > kTermsOfAnArticle) best.resize(kTermsOfAnArticle);
  MoreLike like;
  std::vector<Xapian::Query> terms;
  for (const auto& [stem, value] : best) {
    terms.emplace_back(std::string(kStemPrefix) + stem);
    like.stems.insert(stem);
  }
  const auto unique = database.get_document(id).get_value(static_cast<Xapian::valueno>(Slot::path));
  like.query = Xapian::Query(Xapian::Query::OP_AND_NOT, Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()),
                             Xapian::Query(make_term(kUniquePrefix, unique)));
  return like;
}

}  // namespace dateline
