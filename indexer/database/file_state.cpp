#include "indexer/database/file_state.h"

namespace dateline {
namespace {

void append(std::string& out, std::uint64_t value) {
  for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>(value >> shift & 0xFFu);
}

std::uint64_t take(std::string_view bytes) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i)
    value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return value;
}

}  // namespace

std::string pack_file_state(const FileState& state) {
  std::string packed;
  append(packed, state.size);
  append(packed, static_cast<std::uint64_t>(state.modified));
  append(packed, state.hash);
  append(packed, static_cast<std::uint64_t>(state.changed));
  append(packed, state.inode);
  return packed;
}

std::optional<FileState> unpack_file_state(std::string_view packed) {
  if (packed.size() != kFileStateBytes) return std::nullopt;
  FileState state;
  state.size = take(packed);
  state.modified = static_cast<std::int64_t>(take(packed.substr(8)));
  state.hash = take(packed.substr(16));
  state.changed = static_cast<std::int64_t>(take(packed.substr(24)));
  state.inode = take(packed.substr(32));
  return state;
}

}  // namespace dateline
