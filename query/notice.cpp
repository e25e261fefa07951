#include "query/notice.h"

#include <algorithm>
#include <utility>

namespace dateline {

void add_notice(std::vector<Notice>& notices, Notice notice) {
  const auto says_the_same = [&](Notice other) {
    other.position = notice.position;
    return other == notice;
  };
  if (std::ranges::none_of(notices, says_the_same)) notices.push_back(std::move(notice));
}

}  // namespace dateline
