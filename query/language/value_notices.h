// What is said of a field's value: that no article has it, and what may have been meant; that it
// means several.
//
// What can be pasted is written as a shell takes it: 'place:"Geneva, CH"'.
#pragma once

#include <string>
#include <vector>

#include "query/language/query_tree.h"
#include "query/language/value_lookup.h"

namespace dateline {

// "no article has speaker:"olson"; did you mean 'speaker:"Margaret T. Olsen"'?"
std::string unknown_value_notice(const QueryNode& node, const std::vector<std::string>& suggestions,
                                 ValueLookup& values);
std::vector<std::string> suggested_values(const QueryNode& node, ValueLookup& values);

// The same of the place that near: names.
std::string unknown_place_notice(const std::string& place,
                                 const std::vector<std::string>& suggestions);
std::vector<std::string> suggested_centres(const QueryNode& node, const std::string& place,
                                           ValueLookup& values);

// Several places or persons of the name; a person of the same first and last name whom the value
// leaves out. `key` is that of the value.
std::vector<std::string> ambiguity_notices(const QueryNode& node, const std::string& key,
                                           ValueLookup& values);

// The key that a value is looked up by: `paris,texas` is `paris texas`.
std::string key_of_value(const QueryNode& node);

// "A or B or 3 more"
std::string listed_values(const std::vector<std::string>& names);

}  // namespace dateline
