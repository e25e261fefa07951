#include "query/engine.h"

#include "query/searcher.h"

namespace dateline {

std::unique_ptr<Engine> open_engine(const std::filesystem::path& database) {
  return std::make_unique<Searcher>(database);
}

}  // namespace dateline
