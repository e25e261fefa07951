#include "common/cli/message.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <exception>
#include <string>

#include "common/cli/write_all.h"
#include "common/text/terminal_text.h"

namespace dateline {
namespace {

// For want of memory: cut, and everything but printable ASCII is a question mark.
void say_without_memory(std::string_view text) noexcept {
  std::array<char, 400> line;
  const auto size = std::min(text.size(), line.size());
  std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size), line.begin(),
                 [](char c) { return c >= ' ' && c <= '~' ? c : '?'; });
  say({line.data(), size});
}

void say_line(std::string_view before, std::string_view text) noexcept {
  try {
    say(std::string(before) + ": " + harmless(text) + '\n');
  } catch (const std::exception&) {
    say(before);
    say(": ");
    say_without_memory(text);
    say("\n");
  }
}

}  // namespace

// Once a stopping run has waited a second for a reader of its messages, it waits no more.
void say(std::string_view text) noexcept {
  static std::atomic<bool> nobody_reads{false};
  if (!nobody_reads && write_all(STDERR_FILENO, text) == EINTR) nobody_reads = true;
}

int complain(std::string_view program, std::string_view message, std::string_view hint,
             int status) noexcept {
  say_line(program, message);
  if (!hint.empty()) say_line("hint", hint);
  return status;
}

}  // namespace dateline
