// Bytes to a descriptor, all of them or an error.
#pragma once

#include <string_view>

namespace dateline {

// Writes everything, however often write() is interrupted or takes only a part; waits for a full
// pipe. 0, or the errno of what failed. Never throws. While stop signals are noted
// (common/cli/stop_signal.h) a reader that takes nothing holds nobody up: EINTR, a second after one
// came.
int write_all(int descriptor, std::string_view text) noexcept;

}  // namespace dateline
