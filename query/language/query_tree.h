// What a query means, before it meets an index.
//
// `treaty -oil speaker:lind` is (all treaty (not oil) speaker:lind). The tree knows fields and
// operators but no terms; the builder turns it into a Xapian query. Printed by --explain and
// compared in tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/store/schema.h"

namespace dateline {

enum class NodeKind : std::uint8_t {
  everything,  // the empty query
  word,        // one word, stemmed unless exact
  phrase,      // several words in a row, as written
  prefix,      // word*
  value,  // a value of a field that is no text: speaker, place, near, country, focus, organisation,
          // path
  dates,  // a date or range of `date` or `mentions`
  near,   // words within `distance` of each other, in any order
  adjacent,  // the same in this order
  all,       // every child, by operator or by standing side by side
  any,       // at least one child
  none,      // not the one child
};

struct QueryNode {
  NodeKind kind = NodeKind::everything;
  std::optional<Field> field = std::nullopt;  // of words, phrases and prefixes: title or nothing
  std::string text = {};     // word: folded form; phrase: folded forms parted by blanks; prefix:
                             // without the *; values: as typed
  bool exact = false;        // word: not stemmed
  bool wildcard = false;     // value: ended with *
  bool implicit = false;     // all: words side by side, which --match any relaxes
  int distance = 0;          // near, adjacent: words
  std::size_t position = 0;  // byte offset in the query
  std::vector<QueryNode> children = {};
  bool operator==(const QueryNode&) const = default;
};

// near, adj, all, any or not; "" for a leaf.
std::string_view operator_name(NodeKind kind);

// One line, for --explain and tests: (all treaty (not oil) speaker:"lind").
std::string to_string(const QueryNode& node);

}  // namespace dateline
