#include "indexer/update_plan.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "common/error.h"

using namespace dateline;

namespace {

Archive archive_of(std::vector<ArchiveEntry> entries) { return {.folders = {"/a"}, .entries = std::move(entries), .unreadable = {}, .ignored = 0}; }

std::vector<std::string> paths(const std::vector<PlannedFile>& files) {
  std::vector<std::string> result;
  for (const auto& file : files) result.push_back(file.file.path + (file.document != 0 ? "!" : "+"));
  return result;
}

std::vector<std::string> paths(const std::vector<IndexedEntry>& entries) {
  std::vector<std::string> result;
  for (const auto& entry : entries) result.push_back(entry.path);
  return result;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("new files are added, changed ones looked at, vanished ones removed, the others left alone") {
  const auto archive = archive_of({{"/a/changed.txt", 11, 5}, {"/a/new.txt", 1, 1}, {"/a/same.txt", 7, 7}, {"/a/touched.txt", 3, 9}});
  const std::vector<IndexedEntry> indexed = {{"/a/changed.txt", 1, {10, 5, 77}}, {"/a/gone.txt", 2, {1, 1, 1}}, {"/a/same.txt", 3, {7, 7, 7}},
                                             {"/a/touched.txt", 4, {3, 3, 3}}, {"/b/other.txt", 5, {1, 1, 1}}};
  const UpdatePlan plan = plan_update(archive, indexed, {});
  CHECK(paths(plan.read) == Paths{"/a/changed.txt!", "/a/new.txt+", "/a/touched.txt!"});
  CHECK(plan.read[0].hash == 77);
  CHECK(paths(plan.remove) == Paths{"/a/gone.txt"});
  CHECK(plan.unchanged == 1);
  CHECK(plan.elsewhere == 1);
}

TEST_CASE("an empty folder stops the run unless the user says how many may go") {
  const std::vector<IndexedEntry> indexed = {{"/a/1.txt", 1, {1, 1, 1}}};
  CHECK_THROWS_WITH(plan_update(archive_of({}), indexed, {}), Catch::Contains("/a: holds no article"));
  CHECK(paths(plan_update(archive_of({}), indexed, {.most = 1}).remove) == Paths{"/a/1.txt"});
}

TEST_CASE("more than 100 and more than a tenth vanishing stops the run unless the user says how many may go") {
  const auto planned = [](int kept, int gone, std::optional<std::uint64_t> most) {
    std::vector<ArchiveEntry> entries;
    std::vector<IndexedEntry> indexed;
    for (int i = 0; i < kept + gone; ++i) {
      const auto path = fmt::format("/a/{:05}.txt", i);
      indexed.push_back({path, static_cast<std::uint32_t>(i + 1), {1, 1, 1}});
      if (i >= gone) entries.push_back({path, 1, 1});
    }
    return plan_update(archive_of(entries), indexed, {most}).remove.size();
  };
  CHECK(planned(10, 100, {}) == 100);
  CHECK(planned(1000, 110, {}) == 110);
  CHECK_THROWS_WITH(planned(900, 101, {}), Catch::Contains("101 of 1001 indexed articles are gone"));
  CHECK(planned(900, 101, 101) == 101);
  CHECK_THROWS_WITH(planned(900, 6, 5), Catch::Contains("6 of 906"));
}

TEST_CASE("what lies below a sub-folder that could not be listed stays") {
  auto archive = archive_of({{"/a/1.txt", 1, 1}});
  archive.unreadable = {"/a/locked"};
  const UpdatePlan plan = plan_update(archive, {{"/a/1.txt", 1, {1, 1, 1}}, {"/a/locked/2.txt", 2, {1, 1, 1}}}, {});
  CHECK(plan.remove.empty());
  CHECK(plan.elsewhere == 1);
}
