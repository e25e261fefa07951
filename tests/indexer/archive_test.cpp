#include "indexer/archive.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include "common/error.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using dateline::test::TemporaryFolder;
using dateline::test::write_file;

namespace {

std::vector<std::string> names(const Archive& archive, const std::filesystem::path& root) {
  std::vector<std::string> result;
  for (const auto& entry : archive.entries) result.push_back(std::filesystem::path(entry.path).lexically_relative(root).string());
  return result;
}

}  // namespace

TEST_CASE("articles are *.txt files; dot files and symbolic links are counted as ignored") {
  const TemporaryFolder folder;
  write_file(folder / "b/2.txt", "bb");
  write_file(folder / "a.txt", "a");
  write_file(folder / "note.md", "no article");
  write_file(folder / ".hidden.txt", "x");
  write_file(folder / ".git/c.txt", "x");
  std::filesystem::create_symlink(folder / "a.txt", folder / "link.txt");
  const Archive archive = scan_archive({folder.path()});
  CHECK(names(archive, folder.path()) == std::vector<std::string>{"a.txt", "b/2.txt"});
  CHECK(archive.ignored == 2);
  CHECK(archive.entries[1].size == 2);
  CHECK(archive.entries[1].modified > 1'600'000'000'000'000'000);
}

TEST_CASE("overlapping folders count once, whatever way they are written") {
  const TemporaryFolder folder;
  write_file(folder / "x/1.txt", "1");
  write_file(folder / "xy/2.txt", "2");
  const Archive archive = scan_archive({folder / "x/../x/", folder.path(), folder / "xy/."});
  CHECK(names(archive, folder.path()) == std::vector<std::string>{"x/1.txt", "xy/2.txt"});
  CHECK(archive.folders == std::vector<std::string>{folder.path().string()});
}

TEST_CASE("a missing folder and a file in its place are errors that name it") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "a");
  CHECK_THROWS_WITH(scan_archive({folder / "none"}), Catch::Contains("none: no such folder"));
  CHECK_THROWS_WITH(scan_archive({folder / "a.txt"}), Catch::Contains("a.txt: is no folder"));
  CHECK_THROWS_WITH(list_files({folder / "none"}), Catch::Contains("none: no such file or folder"));
}

TEST_CASE("a path lies below a folder, not below one that only starts alike") {
  CHECK(is_below("/a/b/c.txt", {"/a/b"}));
  CHECK_FALSE(is_below("/a/bc/c.txt", {"/a/b"}));
  CHECK(is_below("/x.txt", {"/"}));
}

TEST_CASE("a file that is gone or too large is unreadable or too large") {
  const TemporaryFolder folder;
  try {
    read_article_file((folder / "none.txt").string());
    FAIL("was read");
  } catch (const ArticleError& error) {
    CHECK(error.reason() == BadArticle::unreadable);
  }
  write_file(folder / "large.txt", "x");
  REQUIRE(truncate((folder / "large.txt").c_str(), (16 << 20) + 1) == 0);
  try {
    read_article_file((folder / "large.txt").string());
    FAIL("was read");
  } catch (const ArticleError& error) {
    CHECK(error.reason() == BadArticle::too_large);
  }
  write_file(folder / "empty.txt", "");
  CHECK(read_article_file((folder / "empty.txt").string()).empty());
}
