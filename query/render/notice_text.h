// What a search has to say, worded for somebody who types it to a shell.
//
// "no article has speaker:"olson"; did you mean 'speaker:"Margaret T. Olsen"'?": what can be pasted
// is written as a shell takes it, and options have the names of dateline-query.
#pragma once

#include <string>
#include <string_view>

#include "query/notice.h"

namespace dateline {

// Not harmless: it holds what was typed.
std::string notice_text(const Notice& notice);

// Of a query that was refused, what to do; "" when there is nothing to say.
std::string hint_text(const Notice& notice);

// "unknown-value": the kind's name in JSON.
std::string_view notice_name(NoticeKind kind);

// Shows how to find the path of an article that was not found.
constexpr const char* kPathsHint =
    "dateline-query --format paths WORDS lists the paths of articles";

}  // namespace dateline
