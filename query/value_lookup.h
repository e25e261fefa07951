// Which values of the index does a field's text mean?
//
// `speaker:lind` means every person with that part in the name, under all spellings the alias table knows; `speaker:lin*` every one with a
// part that begins so; `country:Switzerland` the code CH; `place:Genev*` every place so named, or one that lies in it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/schema.h"
#include "query/index_reader.h"

namespace dateline {

struct ValueMeaning {
  std::vector<std::string> terms;  // a document has one of them; none: nobody has the value
  bool cut = false;                // there are more than kMostTerms: the query is to be refused
};

// A value that a person may have meant.
struct Candidate {
  std::string key;        // under which it is looked for
  std::string shown;      // as facets show it
  std::string shown_key;
  std::string term;       // of the documents that have it
};

// Reads each dictionary once, however many values are looked up. Keys are texts folded (name_key), without their star. REQUIRES: fields of
// names, places or countries.
class ValueLookup {
 public:
  // `index` outlives it.
  explicit ValueLookup(const IndexReader& index) : index_(index) {}

  ValueMeaning meaning(Field field, const std::string& key, bool wildcard);

  // The names that a text means, as facets show them, the commonest first.
  std::vector<std::string> names_meant(Field field, const std::string& key, bool wildcard);

  // Names spelt nearly so, nearest first: those nearly so as a whole, then those with such a part.
  std::vector<std::string> nearest(Field field, const std::string& key);

 private:
  struct Alias {
    std::string_view key;
    std::string_view name;
    std::string name_key;
  };
  const std::vector<Candidate>& candidates(Field field);
  void add_aliases(std::vector<std::string>& terms, Field field, const std::string& key, bool wildcard);
  void add_countries_by_name(std::vector<std::string>& terms, Field field, const std::string& key, bool wildcard);

  const IndexReader& index_;
  std::map<Field, std::vector<Candidate>> candidates_;
  std::optional<std::vector<Alias>> aliases_;
};

// The terms that begin with `prefix`, at most `most` + 1 of them.
std::vector<std::string> terms_beginning(const std::string& prefix, std::size_t most, const IndexReader& index);

}  // namespace dateline
