// A word that no article has: which indexed word was probably meant?
//
// `goverment` -> government. The dictionary is the index's own list of words with their document
// counts, read once per revision and only when a word is unknown; so it is never out of date, costs
// the indexer nothing, and an index of any history suggests the same.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "query/index/glass/posting_reader.h"

namespace dateline {

class SpellingDictionary {
 public:
  // `postings` outlives the dictionary.
  explicit SpellingDictionary(PostingReader& postings) : postings_(postings) {}

  // The commonest of the nearest words of the same first letter, which typing errors rarely touch;
  // at one error, from eight letters on two. "" when none is near, or `word` has fewer than four
  // letters. REQUIRES: folded. `prefix`: of the field whose words they are.
  std::string nearest(const std::string& word, const std::string& prefix = "") const;

 private:
  struct Entry {
    std::string word;
    Xapian::doccount documents;
  };
  const std::vector<Entry>& words_beginning(const std::string& prefix, char first) const;

  PostingReader& postings_;
  mutable std::map<std::string, std::vector<Entry>> words_;  // by prefix and first letter
};

}  // namespace dateline
