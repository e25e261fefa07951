#include "query/language/stop_word.h"

#include <algorithm>

#include "query/language/stop_word_table.h"

namespace dateline {

bool is_stop_word(std::string_view form) {
  static_assert(std::ranges::is_sorted(kStopWords));
  return std::ranges::binary_search(kStopWords, form);
}

}  // namespace dateline
