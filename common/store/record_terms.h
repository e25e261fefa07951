// An article's record -> the terms under which a query finds it.
//
// Of the speaker Anna Lind: XXSanna lind, XSanna, XSlind, XSanna lind. Indexing gives them to the
// document, a hit asks with them which of its speakers were searched for. FORMAT.md lists them all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/partial_date.h"
#include "common/record.h"

namespace dateline {

// Of all fields that a record has values of; some may stand there twice. `text`: the article's,
// for the words that places were named by.
std::vector<std::string> record_terms(const Record& record, std::string_view text);

// Of the year, month or day of publication: Y2023, M202303, D20230303.
std::string publication_term(const PartialDate& part);

// The document's unique term for a path.
std::string unique_term(std::string_view path);

}  // namespace dateline
