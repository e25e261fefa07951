#include "query/expansion.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/schema.h"
#include "query/ranked_page.h"

namespace dateline {
namespace {

// Stems of the text; Xapian leaves out those of the query itself.
struct TextStems : Xapian::ExpandDecider {
  bool operator()(const std::string& term) const override {
    return term.starts_with(kStemPrefix) && term.size() > 2 && (term[1] < 'A' || term[1] > 'Z');
  }
};

void collect_terms(const ResolvedNode& node, std::vector<std::string>& terms) {
  terms.insert(terms.end(), node.terms.begin(), node.terms.end());
  for (const auto& child : node.children) collect_terms(child, terms);
}

}  // namespace

void add_words_of_first_hits(Matches& matches, const ResolvedNode& root, Matcher& matcher, const IndexReader& index) {
  const std::size_t most = std::min<std::size_t>(kHitsRead, index.database().get_doccount() / kArticlesAHit);
  Xapian::RSet read;
  for (const auto& hit : find_ranked_page(matches, SortOrder::relevance, 0, most, matcher.columns(), index)) read.add_document(hit.id);
  std::vector<std::string> terms;
  collect_terms(root, terms);
  Xapian::Enquire enquire(index.database());
  enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
  const TextStems text_stems;
  const Xapian::ESet words = enquire.get_eset(kWordsAdded, read, &text_stems);
  for (auto word = words.begin(); word != words.end(); ++word) matcher.add_weight(matches, *word, kAddedWeight * word.get_weight() / words.begin().get_weight());
}

}  // namespace dateline
