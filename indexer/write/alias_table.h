// Which names of the archive are one person's?
//
// `Antony J. Blinken` and `Antony Blinken` differ by a middle initial only: one person, shown under
// the commonest form, then the longest, then the first in byte order. Nothing riskier is joined:
// two persons of one surname stay two, and where two different initials stand for the same pair of
// names (John A. Smith, John B. Smith) all three stay apart. Of an organisation only spellings with
// one name_key are joined: a middle letter may well tell two apart.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "indexer/write/user_aliases.h"

namespace dateline {

struct NameCount {
  std::string name;             // as shown
  std::uint64_t documents = 0;  // that have it as a speaker, more than 0
  bool organisation = false;
};

// name_key -> the name shown; only for keys whose name is shown under another spelling than some
// document has.
using AliasTable = std::map<std::string, std::string>;

// The user's aliases win: over the groups found, and for all who would be shown under a name that
// has one. "" is no name.
AliasTable make_alias_table(const std::vector<NameCount>& names, const UserAliases& user = {});

}  // namespace dateline
