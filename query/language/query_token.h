// The text of a query -> its tokens. First stage of the query language.
//
// `title:treaty AND (“cold war” OR -oil*) speaker:"Anna Lind"` gives field(title) word(treaty) AND
// ( phrase(cold war) OR minus word(oil*) ) field(speaker) phrase(Anna Lind). Operators are AND OR
// NOT NEAR/n ADJ/n in capitals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

enum class QueryTokenKind : std::uint8_t {
  word,
  phrase,
  field,
  open,
  close,
  and_,
  or_,
  not_,
  near,
  adjacent
};

struct QueryToken {
  QueryTokenKind kind = QueryTokenKind::word;
  std::string text;  // of a word or phrase as typed, marks left out; the name of a field, "exact"
                     // among them
  std::size_t position = 0;  // byte offset in the query
  int distance = 0;          // of near and adjacent
  bool operator==(const QueryToken&) const = default;
};

// Throws QueryError for a query longer than kLongestQuery.
void check_length(std::string_view query);

// Throws QueryError: too long, not UTF-8, an unclosed quotation mark, a distance that is no number.
std::vector<QueryToken> tokenize_query(std::string_view query);

// One token a line, for --explain.
std::string to_string(const std::vector<QueryToken>& tokens);

}  // namespace dateline
