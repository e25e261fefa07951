#include "indexer/run/update_plan.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "common/error.h"

using namespace dateline;

namespace {

Archive archive_of(std::vector<ArchiveEntry> entries) {
  return {
      .folders = {{.path = "/a"}}, .entries = std::move(entries), .unreadable = {}, .ignored = 0};
}

std::vector<std::string> paths(const std::vector<PlannedFile>& files) {
  std::vector<std::string> result;
  for (const auto& file : files)
    result.push_back(file.file.path + (file.document != 0 ? "!" : "+"));
  return result;
}

std::vector<std::string> paths(const std::vector<IndexedEntry>& entries) {
  std::vector<std::string> result;
  for (const auto& entry : entries) result.push_back(entry.path);
  return result;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "new files are added, changed ones looked at, vanished ones removed, the others left alone") {
  const auto archive = archive_of({{"/a/changed.txt", 11, 5},
                                   {"/a/new.txt", 1, 1},
                                   {"/a/same.txt", 7, 7},
                                   {"/a/touched.txt", 3, 9}});
  const std::vector<IndexedEntry> indexed = {{"/a/changed.txt", 1, {10, 5, 77}},
                                             {"/a/gone.txt", 2, {1, 2, 1}},
                                             {"/a/same.txt", 3, {7, 7, 7}},
                                             {"/a/touched.txt", 4, {3, 3, 3}},
                                             {"/b/other.txt", 5, {1, 1, 1}}};
  const UpdatePlan plan = plan_update(archive, indexed, {}, {});
  CHECK(paths(plan.read) == Paths{"/a/changed.txt!", "/a/new.txt+", "/a/touched.txt!"});
  CHECK(plan.read[0].hash == 77);
  CHECK(paths(plan.remove) == Paths{"/a/gone.txt"});
  CHECK(plan.unchanged == 1);
  CHECK(plan.elsewhere == 1);
}

TEST_CASE(
    "equal size and time of modification are not enough: change time and inode must be those "
    "indexed") {
  const ArchiveEntry file{.path = "/a/1.txt", .size = 1, .modified = 2, .changed = 3, .inode = 4};
  const auto planned = [&](FileState state, PlanOptions options = {}) {
    return plan_update(archive_of({file}), {{"/a/1.txt", 9, state}}, {}, {}, options);
  };
  CHECK(planned({1, 2, 77, 3, 4}).unchanged == 1);
  for (const FileState& state :
       {FileState{1, 2, 77, 5, 4}, FileState{1, 2, 77, 3, 5}, FileState{1, 2, 77}}) {
    const UpdatePlan plan = planned(state);
    CHECK(paths(plan.read) == Paths{"/a/1.txt!"});
    CHECK_FALSE(plan.read.at(0).as_indexed);
  }
  CHECK(planned({1, 2, 77, 3, 4}, {.verify = true}).read.at(0).as_indexed);
}

TEST_CASE("an empty folder alone stops the run, however many may go") {
  const std::vector<IndexedEntry> indexed = {{"/a/1.txt", 1, {1, 1, 1}}};
  CHECK_THROWS_WITH(plan_update(archive_of({}), indexed, {}, {}),
                    Catch::Contains("/a: holds no article"));
  CHECK_THROWS_WITH(plan_update(archive_of({}), indexed, {}, {.most = 1}),
                    Catch::Contains("/a: holds no article"));
  CHECK_THROWS_WITH(plan_update(archive_of({}), {}, {}, {}),
                    Catch::Contains("/a: holds no article"));
}

TEST_CASE(
    "an empty folder that the index has articles of is offline, one it never had any of is not") {
  Archive archive = archive_of({{"/a/1.txt", 1, 1}});
  archive.folders = {{.path = "/a"},
                     {.path = "/a/mount"},
                     {.path = "/b"},
                     {.path = "/c", .given = "/c", .offline = "no such folder"}};
  const std::vector<IndexedEntry> indexed = {{"/a/1.txt", 1, {1, 1, 1}},
                                             {"/a/gone.txt", 2, {2, 2, 2}},
                                             {"/a/mount/2.txt", 3, {3, 3, 3}},
                                             {"/c/3.txt", 4, {4, 4, 4}}};
  const UpdatePlan plan = plan_update(archive, indexed, {}, {.most = 1000});
  CHECK(plan.offline == std::vector<OfflineFolder>{{"/a/mount", "holds no article (*.txt)"},
                                                   {"/c", "no such folder"}});
  CHECK(paths(plan.remove) == Paths{"/a/gone.txt"});
  CHECK(plan.elsewhere == 2);
}

TEST_CASE(
    "forgotten articles go, also those of an offline folder, pair with moved files and do not "
    "count as vanished") {
  Archive archive = archive_of({{"/a/1.txt", 1, 10}, {"/a/2.txt", 2, 20}});
  std::vector<IndexedEntry> indexed = {{"/a/2.txt", 1, {2, 20, 9}}};
  indexed.push_back({"/old/1.txt", 2, {1, 10, 7}});
  for (int i = 0; i < 200; ++i)
    indexed.push_back(
        {fmt::format("/old/x{:05}.txt", i), static_cast<std::uint32_t>(i + 3), {5, 5, 5}});
  archive.folders.push_back({.path = "/old", .given = "/old", .offline = "no such folder"});
  PlanOptions options;
  options.forget.add("/old");
  const UpdatePlan plan =
      plan_update(archive, indexed, {{"/old/bad.txt", 1, 1, "no-date"}}, {.most = 0}, options);
  CHECK(plan.remove.size() == 200);
  CHECK(plan.failed_elsewhere.empty());
  REQUIRE(plan.read.size() == 1);
  CHECK(plan.read[0].moved_from == "/old/1.txt");
}

TEST_CASE("a forgotten file that the run finds stays") {
  PlanOptions options;
  options.forget.add("/a");
  const UpdatePlan plan = plan_update(archive_of({{"/a/1.txt", 1, 1}}),
                                      {{"/a/1.txt", 1, {1, 1, 1}}, {"/a/2.txt", 2, {1, 2, 1}}}, {},
                                      {.most = 0}, options);
  CHECK(plan.unchanged == 1);
  CHECK(paths(plan.remove) == Paths{"/a/2.txt"});
}

TEST_CASE(
    "what is indexed below the spelling of a link has moved to the real path, but not what could "
    "not be listed there") {
  Archive archive = archive_of({{"/a/1.txt", 1, 10}});
  archive.folders = {{.path = "/a", .given = "/link"}};
  archive.unreadable = {"/a/locked"};
  const UpdatePlan plan = plan_update(archive,
                                      {{"/link/1.txt", 1, {1, 10, 7}},
                                       {"/link/locked/2.txt", 2, {2, 20, 7}},
                                       {"/links/3.txt", 3, {3, 3, 3}}},
                                      {}, {});
  REQUIRE(plan.read.size() == 1);
  CHECK(plan.read[0].moved_from == "/link/1.txt");
  CHECK(plan.remove.empty());
  CHECK(plan.elsewhere == 2);
}

TEST_CASE(
    "articles indexed under two names of one folder are dropped once, without being taken for "
    "vanished") {
  Archive archive = archive_of({});
  archive.respelt = {{"/b", "/a"}};
  std::vector<IndexedEntry> indexed;
  for (int i = 0; i < 200; ++i) {
    archive.entries.push_back({fmt::format("/a/{:05}.txt", i), 1, 1});
    indexed.push_back({archive.entries.back().path, static_cast<std::uint32_t>(i + 1), {1, 1, 1}});
  }
  for (int i = 0; i < 200; ++i)
    indexed.push_back(
        {fmt::format("/b/{:05}.txt", i), static_cast<std::uint32_t>(i + 201), {1, 1, 1}});
  const UpdatePlan plan = plan_update(archive, indexed, {}, {});
  CHECK(plan.remove.size() == 200);
  CHECK(plan.unchanged == 200);
}

TEST_CASE(
    "many small removals stop the run when the index would be much smaller than it was lately") {
  const auto planned = [](int kept, int gone, RemovalLimit limit) {
    std::vector<ArchiveEntry> entries;
    std::vector<IndexedEntry> indexed;
    for (int i = 0; i < kept + gone; ++i) {
      const auto path = fmt::format("/a/{:05}.txt", i);
      indexed.push_back({path, static_cast<std::uint32_t>(i + 1), {1, 1, 1}});
      if (i >= gone) entries.push_back({path, 1, 1});
    }
    PlanOptions options;
    options.asked = {.database = "/x.db", .folders = {"/a"}};
    return plan_update(archive_of(entries), indexed, {}, limit, options).remove.size();
  };
  CHECK(planned(1700, 50, {.largest_lately = 1850}) == 50);  // 150 of 1850: less than a tenth
  CHECK(planned(900, 50, {.largest_lately = 1000}) == 50);   // not more than a hundred
  CHECK_THROWS_WITH(planned(1700, 1, {.largest_lately = 1901}),
                    Catch::Contains("1 of 1701 indexed articles are gone") &&
                        Catch::Contains("1700 would be left of 1901 in the last 30 days"));
  CHECK(planned(1700, 0, {.largest_lately = 3000}) == 0);  // nothing is gone now
  CHECK(planned(1700, 1, {.most = 1, .largest_lately = 3000}) == 1);
  try {
    planned(1700, 1, {.largest_lately = 1901});
  } catch (const Error& error) {
    CHECK(error.remedy() == Remedy{.kind = RemedyKind::allow_removals,
                                   .number = 1,
                                   .refused = {.database = "/x.db", .folders = {"/a"}}});
  }
}

TEST_CASE(
    "more than 100 and more than a tenth vanishing stops the run unless the user says how many may "
    "go") {
  const auto planned = [](int kept, int gone, std::optional<std::uint64_t> most) {
    std::vector<ArchiveEntry> entries;
    std::vector<IndexedEntry> indexed;
    for (int i = 0; i < kept + gone; ++i) {
      const auto path = fmt::format("/a/{:05}.txt", i);
      indexed.push_back({path, static_cast<std::uint32_t>(i + 1), {1, 1, 1}});
      if (i >= gone) entries.push_back({path, 1, 2});
    }
    return plan_update(archive_of(entries), indexed, {}, {most}).remove.size();
  };
  CHECK(planned(10, 100, {}) == 100);
  CHECK(planned(1000, 110, {}) == 110);
  CHECK(planned(1800, 200, {}) == 200);  // a tenth, not more
  CHECK_THROWS_WITH(planned(900, 101, {}),
                    Catch::Contains("101 of 1001 indexed articles are gone"));
  CHECK(planned(900, 101, 101) == 101);
  CHECK_THROWS_WITH(planned(900, 6, 5), Catch::Contains("6 of 906"));
}

TEST_CASE("what lies below a sub-folder that could not be listed stays") {
  auto archive = archive_of({{"/a/1.txt", 1, 1}});
  archive.unreadable = {"/a/locked"};
  const UpdatePlan plan =
      plan_update(archive, {{"/a/1.txt", 1, {1, 1, 1}}, {"/a/locked/2.txt", 2, {1, 1, 1}}}, {}, {});
  CHECK(plan.remove.empty());
  CHECK(plan.elsewhere == 1);
}

TEST_CASE(
    "a new file of a vanished one's size and time is taken for it, until its content is read") {
  const UpdatePlan plan =
      plan_update(archive_of({{"/a/b/new.txt", 7, 70}, {"/a/b/second.txt", 7, 70}}),
                  {{"/a/old.txt", 3, {7, 70, 99}}}, {}, {});
  CHECK(plan.remove.empty());
  REQUIRE(plan.read.size() == 2);
  CHECK(plan.read[0].moved_from == "/a/old.txt");
  CHECK(plan.read[0].document == 3);
  CHECK(plan.read[0].hash == 99);
  CHECK(plan.read[1].moved_from.empty());
  CHECK(plan.read[1].document == 0);
}

TEST_CASE("moved files do not count as vanished") {
  std::vector<ArchiveEntry> entries;
  std::vector<IndexedEntry> indexed;
  for (int i = 0; i < 200; ++i) {
    entries.push_back({fmt::format("/a/new/{:05}.txt", i), 10, i});
    indexed.push_back(
        {fmt::format("/a/old/{:05}.txt", i), static_cast<std::uint32_t>(i + 1), {10, i, 5}});
  }
  CHECK(plan_update(archive_of(entries), indexed, {}, {}).remove.empty());
}

TEST_CASE("a file that failed is looked at again only when it changed") {
  const std::vector<FailedFile> failed = {{"/a/bad.txt", 5, 50, "no-date"},
                                          {"/a/mended.txt", 6, 60, "no-date"}};
  const UpdatePlan plan =
      plan_update(archive_of({{"/a/bad.txt", 5, 50}, {"/a/mended.txt", 6, 61}}), {}, failed, {});
  CHECK(paths(plan.read) == Paths{"/a/mended.txt+"});
  CHECK(plan.failed == std::vector<FailedFile>{failed[0]});
}

TEST_CASE("a million files are planned in memory") {
  Archive archive = archive_of({});
  std::vector<IndexedEntry> indexed;
  for (int i = 0; i < 1'000'000; ++i) {
    const auto path = fmt::format("/a/{:07}.txt", i);
    if (i % 1000 != 0) archive.entries.push_back({path, 10, i % 500 == 1 ? 2 : 1});
    if (i % 1000 != 5) indexed.push_back({path, static_cast<std::uint32_t>(i + 1), {10, 1, 1}});
  }
  const UpdatePlan plan = plan_update(archive, indexed, {}, {});
  CHECK(plan.read.size() == 1000 + 2000);
  CHECK(plan.remove.empty());  // the thousand new ones look like the thousand vanished ones
  CHECK(plan.unchanged == 1'000'000 - 1000 - 1000 - 2000);
}

TEST_CASE(
    "a file that failed is looked at again only when it changed, one that could not be read "
    "always") {
  const auto archive = archive_of({{"/a/1.txt", 5, 7}, {"/a/2.txt", 5, 7}, {"/a/3.txt", 5, 7}});
  const std::vector<FailedFile> failed = {{"/a/1.txt", 5, 7, "no-date"},
                                          {"/a/2.txt", 5, 6, "no-date"},
                                          {"/a/3.txt", 5, 7, "unreadable"}};
  const UpdatePlan plan = plan_update(archive, {}, failed, {});
  CHECK(paths(plan.read) == Paths{"/a/2.txt+", "/a/3.txt+"});
  CHECK(plan.failed == std::vector<FailedFile>{failed[0]});
}

TEST_CASE("a date that may be taken another day is looked at again in each run") {
  const FailedFile ahead{
      .path = "/a/1.txt", .size = 5, .modified = 7, .reason = "bad-date", .date_outside = true};
  const UpdatePlan plan = plan_update(archive_of({{"/a/1.txt", 5, 7}}), {}, {ahead}, {});
  CHECK(paths(plan.read) == Paths{"/a/1.txt+"});
}

TEST_CASE(
    "a file that failed and has another size is looked at again, though its time is the same") {
  const std::vector<FailedFile> failed = {{"/a/1.txt", 5, 7, "no-date"}};
  CHECK(paths(plan_update(archive_of({{"/a/1.txt", 6, 7}}), {}, failed, {}).read) ==
        Paths{"/a/1.txt+"});
  CHECK(plan_update(archive_of({{"/a/1.txt", 5, 7}}), {}, failed, {}).read.empty());
}

TEST_CASE("articles elsewhere do not make the share of those that vanish smaller") {
  std::vector<IndexedEntry> indexed;
  std::vector<ArchiveEntry> entries;
  for (int i = 0; i < 1000; ++i) {
    const auto path = fmt::format("/a/{:05}.txt", i);
    indexed.push_back({path, static_cast<std::uint32_t>(i + 1), {1, 1, 1}});
    if (i >= 110) entries.push_back({path, 1, 1});
  }
  for (int i = 0; i < 1000; ++i)
    indexed.push_back(
        {fmt::format("/b/{:05}.txt", i), static_cast<std::uint32_t>(i + 1001), {1, 1, 1}});
  CHECK_THROWS_WITH(plan_update(archive_of(entries), indexed, {}, {}),
                    Catch::Contains("110 of 1000 indexed articles are gone"));
}
