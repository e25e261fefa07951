#include "common/cli/write_all.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "common/cli/stop_signal.h"

namespace dateline {
namespace {

constexpr int kOneSecond = 1000;

// Waits until something can be written, or write() would say why not. False when a stop signal came
// and nobody reads.
bool can_go_on(int descriptor) {
  for (;;) {
    pollfd waiting{descriptor, POLLOUT, 0};
    const int ready = poll(&waiting, 1, kOneSecond);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
    if (ready == 0 && stop_signal() != 0) return false;
  }
}

}  // namespace

int write_all(int descriptor, std::string_view text) noexcept {
  bool blocked = false;
  while (!text.empty()) {
    // After poll() a pipe takes PIPE_BUF bytes without waiting; a longer write() would wait, and
    // could miss the signal before it.
    const bool watched = stop_signals_are_noted();
    if ((blocked || watched) && !can_go_on(descriptor)) return EINTR;
    const std::size_t size = watched ? std::min<std::size_t>(text.size(), PIPE_BUF) : text.size();
    const auto written = write(descriptor, text.data(), size);
    blocked = written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (written > 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (written == 0) {
      return EIO;
    } else if (!blocked && errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace dateline
