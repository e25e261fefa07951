// What other programs' queries have and ours have not, and our own operators mistyped: `treaty~2`,
// `date>2023`, `speaker=olsen`, `+treaty`, `or`.
//
// What would be read as other words is refused with what to write instead; what may well be meant
// as words is read so, which is said.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/language/query_token.h"
#include "query/notice.h"

namespace dateline {

constexpr std::string_view kExact = "exact";  // stands where fields stand

// The field nearest to a name that is none, or meant by it elsewhere (author: speaker); "" when
// nothing is near. `key` is folded.
std::string nearest_field(const std::string& key);

// "date:2023.." of after and 2023, "date:..2023" of before; "" of what is no such name or no date.
std::string open_range(std::string_view name, std::string_view value);

// Throws QueryError. `word`: as typed, not in quotation marks; `next`: the token behind it, or
// null.
void refuse_foreign_syntax(const QueryToken& word, const QueryToken* next);

// What a token has beside it in its brackets: words, phrases, brackets, fields.
struct TokenPosition {
  bool behind_operand = false;
  bool before_operand = false;
};

// Without the place in the query, which the word alone does not tell.
std::vector<Notice> notices_of_marks(std::string_view word, TokenPosition position);
std::vector<Notice> notices_of_operators(std::string_view word, TokenPosition position);

}  // namespace dateline
