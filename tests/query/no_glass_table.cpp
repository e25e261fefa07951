// A GlassTable that never opens, as for a database of another format: what is linked with it asks
// Xapian for everything.
#include "tests/query/no_glass_table.h"

#include "query/index/glass/glass_table.h"

namespace dateline {
namespace {
int refused = 0;
}

std::unique_ptr<GlassTable> GlassTable::open(const std::filesystem::path&, std::uint64_t, Kind) {
  ++refused;
  return nullptr;
}

namespace test {
int tables_refused() { return refused; }
}  // namespace test

}  // namespace dateline
