#include "indexer/run/article_preparer.h"

#include <catch2/catch.hpp>

#include "common/error.h"
#include "indexer/run/archive.h"
#include "tests/indexer/index_bench.h"

using namespace dateline;
using namespace dateline::test;

namespace {

struct PreparerBench : IndexBench {
  PreparerBench() { write_file(archive / "1.txt", story(1)); }

  PreparedArticle prepare(const PlannedFile& planned, const std::filesystem::path& stored) const {
    const Archive found = scan_archive({archive});
    return ArticlePreparer(found, extractor(), nullptr, std::nullopt, stored).prepare(planned);
  }

  PlannedFile planned(const char* name) const {
    return {.file = {.path = (archive / name).string()}, .stored = 1};
  }
};

}  // namespace

TEST_CASE("an article whose file cannot be read is made of its stored text, and the file named") {
  PreparerBench bench;
  bench.run();
  const auto prepared = bench.prepare(bench.planned("gone.txt"), bench.database / "gen-000001");
  CHECK(std::holds_alternative<IndexedDocument>(prepared.outcome));
  REQUIRE(prepared.failure);
  CHECK(prepared.failure->reason == BadArticle::unreadable);
  CHECK(bench.prepare(bench.planned("1.txt"), "").failure == std::nullopt);
}

TEST_CASE(
    "stored texts that cannot be opened are an error of ours, which ends a run with its report") {
  PreparerBench bench;
  PlannedFile planned = bench.planned("1.txt");
  planned.on_disk = false;
  CHECK_THROWS_AS(bench.prepare(planned, bench.folder / "none"), Error);
}
