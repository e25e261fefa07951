#include "common/text/edit_distance.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace dateline;

namespace {

// The textbook table, whole.
std::size_t reference(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

TEST_CASE("two neighbours that changed places are one step") {
  CHECK(edit_distance("zelensky", "zelenksy", 3) == 1);
  CHECK(edit_distance("lind", "lind", 3) == 0);
  CHECK(edit_distance("", "abc", 3) == 3);
}

TEST_CASE("a distance over the most is most + 1, one below it exact") {
  std::mt19937 random(7);
  for (int trial = 0; trial < 3000; ++trial) {
    std::string a, b;
    for (auto* word : {&a, &b}) {
      for (auto n = random() % 8; n > 0; --n) *word += static_cast<char>('a' + random() % 3);
    }
    const std::size_t most = random() % 5;
    INFO(a << " " << b << " " << most);
    CHECK(edit_distance(a, b, most) == std::min(reference(a, b), most + 1));
  }
}

TEST_CASE("the nearest name is suggested, a far one is not") {
  CHECK(nearest_name("speeker", {"speaker", "place", "date"}) == "speaker");
  CHECK(nearest_name("zzz", {"speaker", "place", "date"}).empty());
}
