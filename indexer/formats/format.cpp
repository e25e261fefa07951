#include "indexer/formats/format.h"

#include <fmt/format.h>

namespace dateline {

void require_within(const ArticleFile& file, Day date, std::size_t line) {
  if (!file.window || (date >= file.window->first && date <= file.window->last)) return;
  const bool early = date < file.window->first;
  throw DateOutsideError(fmt::format("{}:{}: {} is {} {}", file.path, line, to_string(date),
                                     early ? "before" : "after",
                                     to_string(early ? file.window->first : file.window->last)));
}

}  // namespace dateline
