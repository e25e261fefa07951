// An article file that the index knows.
#pragma once

#include <cstdint>
#include <string>

#include "indexer/database/file_state.h"

namespace dateline {

struct IndexedEntry {
  std::string path;
  std::uint32_t document = 0;  // Xapian's docid
  FileState state;
};

}  // namespace dateline
