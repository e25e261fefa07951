// Which values of the index does a field's text mean?
//
// `speaker:lind` means every person with that part in the name, under all spellings the alias table
// knows; `speaker:lin*` every one with a part that begins so; `country:Switzerland` the code CH;
// `place:Genev*` every place so named, or one that lies in it; `place:UK` the United Kingdom and
// all that lies in it; `place:"Paris, Texas"` the place with the label "Paris, Texas, US".
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/schema.h"
#include "query/index/index_reader.h"

namespace dateline {

struct ValueMeaning {
  std::vector<std::string> terms;  // a document has one of them; none: nobody has the value
  bool cut = false;                // there are more than kMostTerms: the query is to be refused
};

// A value that a person may have meant.
struct Candidate {
  std::string key;    // under which it is looked for
  std::string shown;  // as facets show it
  std::string shown_key;
  std::string term;  // of the documents that have it
};

// Reads each dictionary once, however many values are looked up. Keys are texts folded (name_key),
// without their star. REQUIRES: fields of names, places or countries.
class ValueLookup {
 public:
  // `index` outlives it.
  explicit ValueLookup(const IndexReader& index) : index_(index) {}

  ValueMeaning meaning(Field field, const std::string& key, bool wildcard);

  // The names that a text means, as facets show them, the commonest first.
  std::vector<std::string> names_meant(Field field, const std::string& key, bool wildcard);

  // Persons with the same first and last name and others between, whom the text does not mean:
  // Hillary Rodham Clinton for Hillary Clinton. The commonest first.
  std::vector<std::string> fuller_names(Field field, const std::string& key);

  // The codes of the countries so called, by any name or code of ISO 3166-1.
  std::vector<std::string> country_codes(const std::string& key);

  // Names spelt nearly so, nearest first: those nearly so as a whole, then those with such a part.
  std::vector<std::string> nearest(Field field, const std::string& key);

 private:
  struct Alias {
    std::string_view key;
    std::string_view name;
    std::string name_key;
  };
  struct CalledCountry {
    std::string key;
    std::string code;
    std::string usual_key;  // of the name that its places have among their parents
    bool is_code;
  };
  using Terms = std::vector<std::string>;
  const std::vector<Candidate>& candidates(Field field);
  const std::vector<CalledCountry>& countries();
  std::vector<std::string> by_documents(const std::map<std::string, Xapian::doccount>& names) const;
  std::vector<std::string> beginning_alike(Field field, const std::string& key);
  std::vector<Candidate> places_called(const std::string& key) const;
  bool means_person(const Candidate& person, const std::string& key) const;
  bool part_of_nobody(const std::string& key, bool wildcard) const;
  Terms name_terms(Field field, const std::string& key, bool wildcard);
  Terms place_terms(const std::string& key, bool wildcard);
  Terms country_terms(Field field, const std::string& key, bool wildcard);
  Terms exact_terms(Field field, const std::string& key, bool wildcard);
  Terms indexed_terms(Field field, const std::string& key, bool wildcard) const;
  void add_aliases(Terms& terms, Field field, const std::string& key, bool wildcard);

  const IndexReader& index_;
  std::map<Field, std::vector<Candidate>> candidates_;
  std::optional<std::vector<Alias>> aliases_;
  std::optional<std::vector<CalledCountry>> countries_;
};

// Is the key that of the label, or of its beginning up to a comma? "paris texas" of "Paris, Texas,
// US".
bool begins_label(std::string_view label, std::string_view key);

// A value as a query has it: place:"Geneva, CH", speaker:Lind.
std::string as_written(Field field, std::string_view value);

// The terms that begin with `prefix`, at most `most` + 1 of them.
std::vector<std::string> terms_beginning(const std::string& prefix, std::size_t most,
                                         const IndexReader& index);

}  // namespace dateline
