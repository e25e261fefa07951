// What is said of a field's value: that no article has it, and what may have been meant; that it
// means several.
#pragma once

#include <string>
#include <vector>

#include "query/language/query_tree.h"
#include "query/language/value_lookup.h"
#include "query/notice.h"

namespace dateline {

// The value of a leaf as typed, its field and place.
Notice notice_of(NoticeKind kind, const QueryNode& node);

// No article has the value; suggestions as a query has them: speaker:"Margaret T. Olsen".
Notice unknown_value_notice(const QueryNode& node, const std::vector<std::string>& suggestions,
                            ValueLookup& values);
std::vector<std::string> suggested_values(const QueryNode& node, ValueLookup& values);

// Of a place that near: names.
std::vector<std::string> suggested_centres(const QueryNode& node, const std::string& place,
                                           ValueLookup& values);

// Several places or persons of the name; a person of the same first and last name whom the value
// leaves out. `key` is that of the value.
std::vector<Notice> ambiguity_notices(const QueryNode& node, const std::string& key,
                                      ValueLookup& values);

// The key that a value is looked up by: `paris,texas` is `paris texas`.
std::string key_of_value(const QueryNode& node);

}  // namespace dateline
