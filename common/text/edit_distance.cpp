#include "common/text/edit_distance.h"

#include <algorithm>
#include <vector>

namespace dateline {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > most) return most + 1;
  std::vector<std::size_t> before(a.size() + 1), row(a.size() + 1), next(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    next[0] = j;
    std::size_t least = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      next[i] =
          std::min({row[i] + 1, next[i - 1] + 1, row[i - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        next[i] = std::min(next[i], before[i - 2] + 1);
      least = std::min(least, next[i]);
    }
    if (least > most) return most + 1;
    std::swap(before, row);
    std::swap(row, next);
  }
  return std::min(row[a.size()], most + 1);
}

std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& names) {
  std::size_t best = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  std::string nearest;
  for (const auto name : names) {
    const auto distance = edit_distance(wrong, name, best);
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace dateline
