// A document of the index -> the hit that is shown: title, date, who and where, and a passage with the words that were searched for.
#pragma once

#include <string>
#include <unordered_map>

#include "query/index_reader.h"
#include "query/query_resolver.h"
#include "query/ranked_page.h"
#include "query/result_set.h"
#include "query/search_request.h"

namespace dateline {

class HitReader {
 public:
  // All outlive it.
  HitReader(const SearchRequest& request, const ResolvedQuery& resolved, const IndexReader& index) : request_(request), resolved_(resolved), index_(index) {}

  Hit read(const RankedDocument& ranked);

 private:
  Hit bare_hit(const RankedDocument& ranked) const;
  double word_weight(std::string_view form);
  bool is_wanted(const std::string& form) const;
  double rarity(const std::string& form) const;

  const SearchRequest& request_;
  const ResolvedQuery& resolved_;
  const IndexReader& index_;
  Xapian::Stem stemmer_{"english"};
  std::unordered_map<std::string, double> weights_;  // of words seen
};

}  // namespace dateline
