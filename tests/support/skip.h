// Tests that only some users can make: root may read everything, an ordinary user may not mount.
#pragma once

#include <string_view>

namespace dateline::test {

// Says that a test is not made here, and why, for tests/run.sh to count: `if (is_root()) return
// skip("...");`
void skip(std::string_view reason);

bool is_root();

}  // namespace dateline::test
