// Which passage of an article shows best why it was found?
//
// The window of whole words that holds the most and rarest of the words searched for, begun at a sentence where one begins near.
#pragma once

#include <functional>
#include <string_view>

#include "query/result_set.h"

namespace dateline {

constexpr std::size_t kSnippetBytes = 220;  // of the article's text, about

// How much a folded word matters: 0 when it was not searched for.
using WordWeight = std::function<double(std::string_view form)>;

// `text`: the article after its date line. Without any wanted word the snippet is the beginning.
Snippet make_snippet(std::string_view text, const WordWeight& weight);

}  // namespace dateline
