// What is said of files that fail, and of articles that are gone.
#include "indexer/run/complaint.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

using namespace dateline;

namespace {

FileFailure denied(const std::string& path, bool is_new, const std::string& since = "2026-11-20") {
  return {.path = path,
          .reason = BadArticle::unreadable,
          .message = path + ": Permission denied",
          .since = since,
          .is_new = is_new};
}

std::vector<FileFailure> many(int count, bool is_new, const std::string& folder = "/w/u") {
  std::vector<FileFailure> failures;
  for (int i = 0; i < count; ++i)
    failures.push_back(denied(fmt::format("{}/{:04}.txt", folder, i), is_new));
  return failures;
}

RunReport removing(std::uint64_t removed, std::uint64_t before, std::uint64_t no_articles = 0) {
  RunReport report;
  report.removed = removed;
  report.no_articles = no_articles;
  report.documents_before = before;
  if (removed > 0) report.removed_paths = {"/w/1.txt"};
  return report;
}

}  // namespace

TEST_CASE("known failures are counted in one line, a single one is named") {
  CHECK(complaints(many(300, false)) ==
        std::vector<std::string>{"300 files below /w/u: Permission denied, since 2026-11-20"});
  CHECK(complaints({denied("/w/a.txt", false)}) ==
        std::vector<std::string>{"/w/a.txt: Permission denied, since 2026-11-20"});
}

TEST_CASE("a quiet run is silent of what failed before") {
  CHECK(complaints(many(300, false), KnownFailures::silent).empty());
  CHECK(complaints({denied("/w/a.txt", false), denied("/w/b.txt", true)}, KnownFailures::silent) ==
        std::vector<std::string>{"unreadable: /w/b.txt: Permission denied"});
}

TEST_CASE("new failures are named, those of one kind above twenty counted") {
  CHECK(complaints(many(21, true)).size() == 21);
  const auto lines = complaints(many(300, true));
  REQUIRE(lines.size() == 21);
  CHECK(lines.front() == "unreadable: /w/u/0000.txt: Permission denied");
  CHECK(lines.back() == "280 files more below /w/u: Permission denied");
}

TEST_CASE("many folders are told of by the one above them") {
  std::vector<FileFailure> failures;
  for (int i = 0; i < 200; ++i)
    failures.push_back(denied(fmt::format("/w/{:03}/{}.txt", i, i), false));
  CHECK(complaints(failures) ==
        std::vector<std::string>{"200 files below /w: Permission denied, since 2026-11-20"});
}

TEST_CASE("removals are said above twenty and a hundredth, or above a thousand") {
  CHECK(removal_notice(removing(0, 100)).empty());
  CHECK(removal_notice(removing(20, 100)).empty());
  CHECK(removal_notice(removing(21, 2100)).empty());
  CHECK(removal_notice(removing(1000, 1'000'000)).empty());
  CHECK(removal_notice(removing(1001, 1'000'000)) ==
        "removed 1,001 of 1,000,000 articles: gone from the archive (first: /w/1.txt)");
  CHECK(removal_notice(removing(120, 9000, 20)) ==
        "removed 120 of 9,000 articles: 100 gone from the archive, 20 no articles any more (first: "
        "/w/1.txt)");
  CHECK(removal_notice(removing(30, 100, 30)) ==
        "removed 30 of 100 articles: no articles any more (first: /w/1.txt)");
}

TEST_CASE(
    "what was removed because somebody asked for it is not said to be gone from the archive") {
  RunReport report = removing(120, 9000, 20);
  report.forgotten = 70;
  CHECK(removal_notice(report) ==
        "removed 120 of 9,000 articles: 30 gone from the archive, 20 no articles any more, 70 "
        "forgotten (first: /w/1.txt)");
  report = removing(120, 9000);
  report.excluded = 120;
  CHECK(removal_notice(report) == "removed 120 of 9,000 articles: excluded (first: /w/1.txt)");
}
