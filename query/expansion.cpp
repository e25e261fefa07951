#include "query/expansion.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/schema.h"

namespace dateline {
namespace {

// Stems of the text; Xapian leaves out those of the query itself.
struct TextStems : Xapian::ExpandDecider {
  bool operator()(const std::string& term) const override {
    return term.starts_with(kStemPrefix) && term.size() > 2 && (term[1] < 'A' || term[1] > 'Z');
  }
};

}  // namespace

Xapian::Query with_words_of_first_hits(Xapian::Enquire& enquire, Xapian::doccount archive) {
  const Xapian::Query query = enquire.get_query();
  const Xapian::MSet best = enquire.get_mset(0, std::min(kHitsRead, archive / kArticlesAHit));
  Xapian::RSet read;
  for (auto hit = best.begin(); hit != best.end(); ++hit) read.add_document(*hit);
  const TextStems text_stems;
  const Xapian::ESet words = enquire.get_eset(kWordsAdded, read, &text_stems);
  std::vector<Xapian::Query> added;
  for (auto word = words.begin(); word != words.end(); ++word) {
    const double share = word.get_weight() / words.begin().get_weight();
    added.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(*word), kAddedWeight * share);
  }
  if (added.empty()) return query;
  return Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, Xapian::Query(Xapian::Query::OP_OR, added.begin(), added.end()));
}

}  // namespace dateline
