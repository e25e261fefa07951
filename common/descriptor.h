// A file descriptor that is closed when its owner goes. What was written is not safe by that: who
// writes calls close() and looks at the answer.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace dateline {

class Descriptor {
 public:
  // Negative: none, as open() gives it when it fails.
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    const int error = errno;  // of what failed before, which the caller is about to tell
    if (number_ >= 0) ::close(number_);
    errno = error;
  }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

  // The caller closes it from now on.
  int release() { return std::exchange(number_, -1); }

  // False with errno when it fails: some file systems say only now that a disk is full.
  bool close() { return ::close(release()) == 0 || errno == EINTR; }

 private:
  int number_;
};

}  // namespace dateline
