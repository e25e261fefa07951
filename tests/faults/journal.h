// The journal that the preloaded library writes: a head, then two texts, for each change.
#pragma once

#include <cstdint>

namespace dateline::test {

struct JournalHead {
  // C file created (path), W written (inode, offset, bytes), T cut to a length (inode, offset), S
  // synced (inode), R renamed (inode, path, path), U unlinked or rmdir (path), M folder made
  // (inode, path), X what cannot be followed.
  char what;
  std::uint64_t inode;
  std::uint64_t offset;
  std::uint64_t first_bytes;
  std::uint64_t second_bytes;
};

}  // namespace dateline::test
