// Can the index be opened, and does it look whole? A few seconds whatever its size, for --health;
// --check looks at everything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace dateline {

struct IndexFacts {
  std::uint64_t articles = 0;
  // Day of publication that is not after tomorrow, "2026-11-27"; "" when there is none.
  std::string newest = {};
  std::uint64_t failed = 0;   // files that are no articles
  std::uint64_t bytes = 0;    // on disk
  bool mixed = false;         // a part was extracted by older rules
  bool other_schema = false;  // of another version of this program
};

struct QuickCheck {
  std::optional<IndexFacts> facts = {};
  std::vector<std::string> damage = {};
  // What could not be looked at, and why: no sign of damage.
  std::vector<std::string> unchecked = {};
};

// Reads in a child process with a time limit: a damaged table may send its reader in circles. Never
// writes. `today` in days since 1970.
QuickCheck quick_check(const std::filesystem::path& database, std::int64_t today);

}  // namespace dateline
