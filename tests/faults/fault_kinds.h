// The kinds of calls that the preloaded library can let fail: their names and order, for it and for
// the tests.
#pragma once

#include <array>

namespace dateline::test {

enum class FaultKind {
  open,
  read,
  write,
  fsync,
  close,
  rename,
  unlink,
  mkdir,
  rmdir,
  truncate,
  stat,
  opendir,
  readdir,
  mmap,
  flock,
  chown,
  fork,
  pipe,
  thread,
  malloc
};

inline constexpr std::array kFaultKinds = {"open",   "read",    "write",   "fsync",  "close",
                                           "rename", "unlink",  "mkdir",   "rmdir",  "truncate",
                                           "stat",   "opendir", "readdir", "mmap",   "flock",
                                           "chown",  "fork",    "pipe",    "thread", "malloc"};

}  // namespace dateline::test
