// Care for an index that is there: make it small, copy it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace dateline {

// Writes a compacted generation beside the current one, makes sure that it holds the same, and
// swaps; searches go on. `wait`: how long to wait for another run, in seconds. Returns what could
// not be tidied up afterwards, one line for each. Throws LockedError, Error: then the old
// generation stays.
std::vector<std::string> compact_index(const std::filesystem::path& database,
                                       std::chrono::duration<double> wait);

// Copies one revision of the index into `target`, a folder that is empty or not there (or holds
// what a killed backup left), complete or not at all, also while a run writes. The copy is a
// database of its own: restoring is naming it with --db, or moving it to the old one's place.
// Throws Error.
void backup_index(const std::filesystem::path& database, const std::filesystem::path& target);

}  // namespace dateline
