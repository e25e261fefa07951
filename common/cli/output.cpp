#include "common/cli/output.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "common/cli/message.h"
#include "common/cli/write_all.h"
#include "common/error.h"

namespace dateline {
namespace {

class Output {
 public:
  void add(std::string_view text) noexcept {
    used_ = used_ || !text.empty();
    while (!text.empty() && error_ == 0) {
      const auto size = std::min(text.size(), buffer_.size() - filled_);
      std::copy_n(text.begin(), size, buffer_.begin() + static_cast<std::ptrdiff_t>(filled_));
      filled_ += size;
      text.remove_prefix(size);
      if (filled_ == buffer_.size()) flush();
    }
    if (isatty(STDOUT_FILENO) != 0) flush();
  }

  void flush() noexcept {
    if (error_ == 0) error_ = write_all(STDOUT_FILENO, {buffer_.data(), filled_});
    filled_ = 0;
  }

  void finish() noexcept {
    flush();
    if (used_ && close(STDOUT_FILENO) != 0 && error_ == 0 && errno != EINTR) error_ = errno;
  }

  int error() const noexcept { return error_; }

  void throw_error() const {
    if (error_ != 0) throw OutputError(error_);
  }

 private:
  std::array<char, 1 << 16> buffer_{};
  std::size_t filled_ = 0;
  int error_ = 0;  // errno of the first write that failed; nothing is written after it
  bool used_ = false;
};

// There is one standard output. Both programs print from one thread.
constinit Output output;

// Without memory: this may be all that is left to say.
std::array<char, 128> cannot_be_written(int error) noexcept {
  std::array<char, 128> text{};
  std::snprintf(text.data(), text.size(), "standard output: %s", strerrordesc_np(error));
  return text;
}

}  // namespace

void print(std::string_view text) {
  output.add(text);
  output.throw_error();
}

void print_later(std::string_view text) noexcept { output.add(text); }

void flush_output() {
  output.flush();
  output.throw_error();
}

int finish_output(std::string_view program, int status) noexcept {
  output.finish();
  const int error = output.error();
  if (error == 0 || error == EPIPE || status > 1) return status;
  const std::array<char, 128> text = cannot_be_written(error);
  return complain(program, text.data(), "", kOutputStatus);
}

}  // namespace dateline
