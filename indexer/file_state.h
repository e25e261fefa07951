// Has the file changed since it was indexed?
//
// Size and modification time decide without reading; where they differ the content hash does. Stored with each document in
// Slot::file_state: three little-endian 64-bit numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dateline {

struct FileState {
  std::uint64_t size = 0;      // bytes
  std::int64_t modified = 0;   // nanoseconds since 1970
  std::uint64_t hash = 0;      // stable_hash of the file's bytes
  bool operator==(const FileState&) const = default;
};

constexpr std::size_t kFileStateBytes = 24;
std::string pack_file_state(const FileState& state);
std::optional<FileState> unpack_file_state(std::string_view packed);  // absent when it is not 24 bytes

}  // namespace dateline
