// What do the names mean that only the rest of the article explains: bare surnames, short forms,
// headings?
//
// "Lyudmila Sorokina" is an unknown name until "Sorokina said"; "Trump" is a word until "Donald
// Trump" is somebody.
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "indexer/extract/names/name.h"
#include "indexer/extract/places/gazetteer.h"

namespace dateline {

// Of the persons named in full; keys of tokens.
struct KnownPersons {
  std::unordered_set<std::string_view> surnames;
  std::unordered_map<std::string_view, std::string_view>
      given_of;  // first word of a full name -> its last word
};

// The mentions with their types, those in headings added, in text order.
std::vector<NameMention> settle_names(const TokenizedText& text, const Gazetteer& gazetteer,
                                      const std::vector<TokenRange>& headings, KnownPersons known,
                                      std::vector<NameMention> found);

}  // namespace dateline
