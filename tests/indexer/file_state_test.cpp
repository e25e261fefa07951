#include "indexer/database/file_state.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("a file's state is packed in forty bytes and comes back") {
  const FileState state{.size = 1234,
                        .modified = -5,
                        .hash = ~0ull,
                        .changed = 1'700'000'000'123'456'789,
                        .inode = 77};
  CHECK(pack_file_state(state).size() == 40);
  CHECK(unpack_file_state(pack_file_state(state)) == state);
}

TEST_CASE("a state of another size is damage") {
  const FileState state{.size = 1234, .modified = 5, .hash = 6, .changed = 7, .inode = 8};
  const std::string packed = pack_file_state(state);
  for (const std::size_t size : {0u, 24u, 32u, 39u})
    CHECK_FALSE(unpack_file_state(packed.substr(0, size)));
  CHECK_FALSE(unpack_file_state(packed + '\0'));
}
