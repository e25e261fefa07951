// Indexed articles outside the folders of a run: are they the same files under another spelling,
// and are the others still there?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/run/archive.h"
#include "indexer/run/update_plan.h"

namespace dateline {

struct Elsewhere {
  std::vector<Respelling> respelt;    // folders that this run scanned under another name
  std::vector<std::string> excluded;  // articles that are on the list by their real path
  std::uint64_t lost = 0;             // articles that are not on disk any more
  // The folders, or single files, that hold these and no other indexed article.
  std::vector<std::string> forget;
};

// Asks the disk of each such article, those to be forgotten or excluded apart. `indexed` by path.
// What cannot be asked (a folder closed to us) is taken to be there. Throws StoppedError.
Elsewhere look_elsewhere(const Archive& archive, const std::vector<IndexedEntry>& indexed,
                         const PlanOptions& options = {}, const StopAsked& stop = {});

// The smallest folders that hold all of `lost` and nothing of `kept`, both sorted; a file itself
// where its folder holds both.
std::vector<std::string> common_folders(const std::vector<std::string>& lost,
                                        const std::vector<std::string>& kept);

}  // namespace dateline
