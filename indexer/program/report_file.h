// Files that others read while they are written: a reader finds the old text or the new one, whole.
#pragma once

#include <filesystem>
#include <string_view>

namespace dateline {

// Is it a file that can be replaced by another, or will it be one? Not /dev/stdout, a FIFO, a
// terminal: what is written there is gone.
bool is_replaceable(const std::filesystem::path& file);

// Writes a new file beside it and renames: mode and owner of the old one are kept where the system
// allows it, a symbolic link goes on naming the file. What is not replaceable, or lies in a folder
// that may not be written, is written in place. Throws Error.
void write_report(const std::filesystem::path& file, std::string_view text);

}  // namespace dateline
