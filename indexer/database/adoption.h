// The stub was lost: what is the index?
//
// A complete generation without a stub is an index that nobody sees, not rubbish. A run refuses to
// begin anew beside it; --adopt publishes the newest one that is whole.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "indexer/database/run_lock.h"

namespace dateline {

// Throws Error, naming them, when the folder has generations worth keeping. An empty one is what a
// first run leaves that was killed before it published anything. REQUIRES: there is no stub, or it
// names what is not there.
void refuse_unpublished_generations(const std::filesystem::path& database);

// Generations that readers do not see, with articles, and finished, as their marks say. A run
// removes them only when all that readers saw is in the index that takes its place.
std::vector<std::string> finished_generations(const std::filesystem::path& database);

struct Adopted {
  std::string generation;
  std::uint64_t articles = 0;
  std::vector<std::string> passed_over;  // newer ones, with the reason
};

// Publishes the newest generation that is whole. Throws Error when a stub is there or no generation
// is whole, LockedError when another run holds the lock for longer than `wait`.
Adopted adopt_generation(const std::filesystem::path& database, const LockWait& wait);

}  // namespace dateline
