#include "indexer/extract/gazetteer.h"

namespace dateline {

Gazetteer Gazetteer::load(const std::filesystem::path&) { return {}; }

}  // namespace dateline
