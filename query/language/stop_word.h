// Words so common that asking for any of several words should not find articles for them alone.
#pragma once

#include <string_view>

namespace dateline {

// Of the folded form. English articles, pronouns, prepositions, auxiliaries; our own list.
bool is_stop_word(std::string_view form);

}  // namespace dateline
