// Tokens -> tree. Second stage of the query language; the grammar, loosest first:
//
//     query     = sequence { OR sequence }
//     sequence  = item { [AND] item }                  words side by side are all required; --match
//     any relaxes that, but not AND item      = [NOT | -] chain chain     = atom { (NEAR/n | ADJ/n)
//     atom }       words only atom      = ( query ) | [field:] (word | "phrase" | word*) | field:(
//     query )
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/language/query_tree.h"
#include "query/notice.h"

namespace dateline {

struct ParsedQuery {
  QueryNode root;
  std::vector<Notice> notices;  // what was left out, and why: `&` holds no word
};

// Throws QueryError with the position of what was not understood.
ParsedQuery parse_query(std::string_view query);

// The text is words and nothing else: no operator, no field, no phrase. Throws QueryError for its
// length only.
ParsedQuery parse_plain_query(std::string_view query);

}  // namespace dateline
