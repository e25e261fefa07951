// The query language in examples, and its manual page dateline-query-language(7).
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dateline {

struct LanguageExample {
  std::string_view query;
  std::string_view meaning;
};

// query/README.md shows the same rows; a test runs each.
std::span<const LanguageExample> language_examples();

std::string language_manual(std::string_view version);

}  // namespace dateline
