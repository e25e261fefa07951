// A file that the user named on the command line, read whole.
#pragma once

#include <filesystem>
#include <string>

#include "indexer/run/archive.h"

namespace dateline {

constexpr std::size_t kLargestNamedFile = 256u << 20;  // bytes

// Also a pipe, as shells write <(...): it is waited for, until `stop` says so (it may be empty).
// Throws Error that names the file and the reason, with the hint; StoppedError.
std::string read_named_file(const std::filesystem::path& file, const std::string& hint,
                            const StopAsked& stop = {});

}  // namespace dateline
