#include "indexer/run/archive.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "common/error.h"
#include "indexer/database/run_lock.h"
#include "indexer/run/article_reader.h"
#include "indexer/run/elsewhere.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using dateline::test::TemporaryFolder;
using dateline::test::write_file;

namespace {

std::vector<std::string> names(const Archive& archive, const std::filesystem::path& root) {
  std::vector<std::string> result;
  for (const auto& entry : archive.entries)
    result.push_back(std::filesystem::path(entry.path).lexically_relative(root).string());
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

TEST_CASE("a folder that becomes a link under the scan is not followed, nor from further below") {
  const TemporaryFolder folder;
  const auto root = folder / "archive";
  write_file(root / "swapped/below/1.txt", "1");
  write_file(folder / "outside/below/secret.txt", "2");
  const auto swapped = root / "swapped";
  int calls = 0;
  const auto swap = [&] {
    if (++calls == 5) {  // three names in the archive's folder, now the second of the next one
      std::filesystem::rename(swapped, folder / "aside");
      std::filesystem::create_directory_symlink(folder / "outside", swapped);
    }
    return false;
  };
  const Archive archive = scan_archive({root}, swap);
  CHECK(std::filesystem::is_symlink(swapped));
  CHECK(names(archive, root).empty());
  CHECK(archive.unreadable == std::vector<std::string>{(swapped / "below").string()});
}

TEST_CASE("overlapping folders count once, whatever way they are written") {
  const TemporaryFolder folder;
  write_file(folder / "x/1.txt", "1");
  write_file(folder / "xy/2.txt", "2");
  const Archive archive = scan_archive({folder / "x/../x/", folder.path(), folder / "xy/."});
  CHECK(names(archive, folder.path()) == std::vector<std::string>{"x/1.txt", "xy/2.txt"});
  CHECK(archive.folders.size() == 3);
  CHECK(archive.folders[1].path == (folder / "x").string());
}

TEST_CASE("a missing folder and a file in its place are offline") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "a");
  CHECK(scan_archive({folder / "none"}).folders.at(0).offline == "no such folder");
  CHECK(scan_archive({folder / "a.txt"}).folders.at(0).offline == "is no folder");
  CHECK(scan_archive({folder.path()}).folders.at(0).offline.empty());
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

TEST_CASE("a folder is known by its real path, however it is spelt") {
  const TemporaryFolder folder;
  write_file(folder / "real/2023/a.txt", "a");
  std::filesystem::create_directory_symlink(folder / "real", folder / "link");
  const Archive archive = scan_archive({folder / "link/2023", folder / "link/../real"});
  CHECK(names(archive, folder.path()) == std::vector<std::string>{"real/2023/a.txt"});
  CHECK(archive.folders[1].given == (folder / "link/2023").string());
  std::filesystem::create_directory_symlink("nowhere/./x", folder / "dangling");
  CHECK(scan_archive({folder / "dangling/y"}).folders.at(0).path ==
        (folder / "nowhere/x/y").string());
  std::filesystem::create_directory_symlink("round", folder / "round");
  CHECK_FALSE(scan_archive({folder / "round"}).folders.at(0).offline.empty());
}

TEST_CASE("a dot folder named beside the one that holds it is walked") {
  const TemporaryFolder folder;
  write_file(folder / ".old/a.txt", "a");
  write_file(folder / "b.txt", "b");
  CHECK(names(scan_archive({folder.path(), folder / ".old"}), folder.path()) ==
        std::vector<std::string>{".old/a.txt", "b.txt"});
}

TEST_CASE("a scan is stopped when asked") {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "a");
  CHECK_THROWS_AS(scan_archive({folder.path()}, [] { return true; }), StoppedError);
}

TEST_CASE("the folders to forget are the smallest that hold what is lost and nothing else") {
  using Paths = std::vector<std::string>;
  CHECK(common_folders({"/a/1.txt", "/a/b/2.txt", "/a/c/3.txt"}, {"/z/1.txt"}) == Paths{"/a"});
  CHECK(common_folders({"/a/b/2.txt", "/a/b/c/3.txt"}, {"/a/1.txt"}) == Paths{"/a/b"});
  CHECK(common_folders({"/a/b/2.txt", "/a/d/3.txt"}, {"/a/c/1.txt"}) == Paths{"/a/b", "/a/d"});
  CHECK(common_folders({"/a/1.txt", "/a/3.txt"}, {"/a/2.txt"}) == Paths{"/a/1.txt", "/a/3.txt"});
  CHECK(common_folders({"/a/b/1.txt"}, {"/a/bc/2.txt"}) == Paths{"/a/b"});
  CHECK(common_folders({}, {"/a/2.txt"}).empty());
}
