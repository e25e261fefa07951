#include "indexer/run/run_request.h"

namespace dateline {

DateWindow date_window(Day today) { return {kFirstPublication, today + kFarthestAhead}; }

Day today_of(const RunRequest& request) {
  return request.today.value_or(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

void tell(const RunRequest& request, std::string_view what, const std::string& path) {
  if (request.listener) request.listener(what, path);
}

}  // namespace dateline
