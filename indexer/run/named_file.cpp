#include "indexer/run/named_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "common/descriptor.h"
#include "common/error.h"
#include "common/text/unicode.h"
#include "indexer/database/run_lock.h"

namespace dateline {
namespace {

constexpr int kStep = 50;  // milliseconds that a stop may go unnoticed

// Until there is something to read, or nobody left to write it.
void wait_for(int descriptor, const StopAsked& stop) {
  for (;;) {
    pollfd waiting{descriptor, POLLIN, 0};
    const int ready = poll(&waiting, 1, kStep);
    if (stop && stop()) throw StoppedError("stopped");
    if (ready > 0 || (ready < 0 && errno != EINTR)) return;
  }
}

}  // namespace

std::string read_named_file(const std::filesystem::path& file, const std::string& hint,
                            const StopAsked& stop) {
  const auto fail = [&](std::string_view why) {
    throw Error(fmt::format("{}: cannot be read: {}", replace_invalid_utf8(file.string()), why),
                hint);
  };
  // Opening a pipe would wait, and a signal that came just before would not end it.
  const Descriptor named(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!named) fail(std::strerror(errno));
  std::string bytes;
  std::vector<char> piece(1 << 16);
  for (;;) {
    wait_for(named.get(), stop);
    const ssize_t got = read(named.get(), piece.data(), piece.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) fail(std::strerror(errno));
    if (got == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
    if (bytes.size() > kLargestNamedFile) {
      fail(fmt::format("more than {} bytes", kLargestNamedFile));
    }
  }
}

}  // namespace dateline
