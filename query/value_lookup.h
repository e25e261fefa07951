// Which values of the index does a field's text mean?
//
// `speaker:lind` means every person with that part in the name, under all spellings the alias table knows; `speaker:lin*` every one with a
// part that begins so; `country:Switzerland` the code CH; `place:Genev*` every place so named, or one that lies in it.
#pragma once

#include <string>
#include <vector>

#include "common/schema.h"
#include "query/index_reader.h"

namespace dateline {

struct ValueMeaning {
  std::vector<std::string> terms;  // a document has one of them; none: nobody has the value
  bool cut = false;                // there are more than kMostTerms: the query is to be refused
};

// `key`: the text folded (name_key), without its star. REQUIRES: a field of names, places or countries.
ValueMeaning look_up_value(Field field, const std::string& key, bool wildcard, const IndexReader& index);

// The names that a text means, as facets show them, the commonest first.
std::vector<std::string> names_meant(Field field, const std::string& key, bool wildcard, const IndexReader& index);

// Names spelt nearly so, nearest first: those nearly so as a whole, then those with such a part.
std::vector<std::string> nearest_values(Field field, const std::string& key, const IndexReader& index);

// The terms that begin with `prefix`, at most `most` + 1 of them.
std::vector<std::string> terms_beginning(const std::string& prefix, std::size_t most, const IndexReader& index);

}  // namespace dateline
