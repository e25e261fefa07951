// A path without links: the name by which a file is known, however it was asked for.
#pragma once

#include <filesystem>
#include <string>

namespace dateline {

// Absolute, without "." and "..", each link followed as far as the file system can be read; what is
// not there (a link's missing target, too) is kept as it is spelt. Never throws; "" stays "".
std::string real_path(const std::filesystem::path& path);

// Absolute, "." and ".." taken away by spelling alone, no / at the end; "" stays "".
std::string spelt_path(const std::filesystem::path& path);

}  // namespace dateline
