#include "indexer/run/article_reader.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "common/error.h"
#include "tests/indexer/index_bench.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

std::string unreadable(ArticleReader& reader, const fs::path& path) {
  try {
    reader.read(path.string());
  } catch (const ArticleError& error) {
    CHECK(error.reason() == BadArticle::unreadable);
    return error.what();
  }
  return "was read";
}

void make_socket(const fs::path& path) {
  const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  REQUIRE(bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
  close(descriptor);
}

}  // namespace

TEST_CASE("whatever took a file's place between scan and read is neither waited for nor followed") {
  const TemporaryFolder folder;
  write_file(folder / "secret", article_bytes("2023-03-03", "secret"));
  for (const auto* name : {"1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "6.txt"})
    write_file(folder / "a" / name, "x");
  const Archive archive = scan_archive({folder / "a"});
  ArticleReader reader(archive);
  CHECK(reader.read((folder / "a/1.txt").string()) == "x");
  for (const auto* name : {"2.txt", "3.txt", "4.txt", "5.txt", "6.txt"})
    fs::remove(folder / "a" / name);
  REQUIRE(mkfifo((folder / "a/2.txt").c_str(), 0600) == 0);
  fs::create_symlink(folder / "secret", folder / "a/3.txt");
  make_socket(folder / "a/4.txt");
  fs::create_directory(folder / "a/5.txt");
  for (const auto* name : {"2.txt", "3.txt", "4.txt", "5.txt"}) {
    CHECK_THAT(unreadable(reader, folder / "a" / name), Catch::Contains("is no regular file"));
  }
  CHECK_THAT(unreadable(reader, folder / "a/6.txt"), Catch::Contains("No such file"));
}

TEST_CASE("a folder on the way that became a link is not followed") {
  const TemporaryFolder folder;
  write_file(folder / "secret/1.txt", "secret");
  write_file(folder / "secret/b/1.txt", "secret");
  write_file(folder / "a/b/1.txt", "x");
  write_file(folder / "a/c/b/1.txt", "x");
  const Archive archive = scan_archive({folder / "a"});
  for (const auto* name : {"b", "c"}) {
    fs::rename(folder / "a" / name, folder / name);
    fs::create_directory_symlink(folder / "secret", folder / "a" / name);
  }
  ArticleReader reader(archive);
  CHECK_THAT(unreadable(reader, folder / "a/b/1.txt"),
             Catch::Contains("a/b: is no folder any more"));
  CHECK_THAT(unreadable(reader, folder / "a/c/b/1.txt"),
             Catch::Contains("a/c: is no folder any more"));
  fs::rename(folder / "a", folder / "aside");
  fs::create_directory(folder / "a");
  write_file(folder / "a/x/1.txt", "secret");
  CHECK_THAT(unreadable(reader, folder / "a/x/1.txt"),
             Catch::Contains("is another folder than when it was listed"));
}

TEST_CASE("a file that the user names may be a link, but not a pipe") {
  const TemporaryFolder folder;
  write_file(folder / "a", "x");
  fs::create_symlink(folder / "a", folder / "link.txt");
  CHECK(read_article_file((folder / "link.txt").string()) == "x");
  REQUIRE(mkfifo((folder / "pipe.txt").c_str(), 0600) == 0);
  CHECK_THROWS_WITH(read_article_file((folder / "pipe.txt").string()),
                    Catch::Contains("pipe.txt: is no regular file"));
}

TEST_CASE("of a folder that the user names no link is followed, but it may be one itself") {
  const TemporaryFolder folder;
  write_file(folder / "real/sub/1.txt", "x");
  write_file(folder / "outside/1.txt", "secret");
  fs::create_directory_symlink(folder / "real", folder / "named");
  const FileList list = list_files({folder / "named"});
  REQUIRE(list.files.size() == 1);
  CHECK(read_listed_file(list.files[0]) == "x");
  const fs::path file = folder / "real/sub/1.txt";
  fs::rename(file, folder / "aside");
  fs::create_symlink(folder / "outside/1.txt", file);
  CHECK_THROWS_WITH(read_listed_file(list.files[0]),
                    Catch::Contains("is no regular file any more"));
  fs::remove_all(folder / "real/sub");
  fs::create_directory_symlink(folder / "outside", folder / "real/sub");
  CHECK_THROWS_WITH(read_listed_file(list.files[0]),
                    Catch::Contains("named/sub: is no folder any more"));
}

TEST_CASE("a run passes over what took a file's place, and keeps the article that was there") {
  const IndexBench bench;
  for (int i = 0; i < 4; ++i) write_file(bench.archive / (std::to_string(i) + ".txt"), story(i));
  bench.run();
  const std::string before = dump(bench.database);
  write_file(bench.archive / "1.txt", story(11));
  write_file(bench.archive / "2.txt", story(12));
  write_file(bench.folder / "secret", story(13));
  fs::remove(bench.archive / "0.txt");
  // Vanished articles are told of before any file is read.
  const auto swap = [&](std::string_view what, const std::string&) {
    if (what != "removed") return;
    for (const auto* name : {"1.txt", "2.txt"}) fs::remove(bench.archive / name);
    REQUIRE(mkfifo((bench.archive / "1.txt").c_str(), 0600) == 0);
    fs::create_symlink(bench.folder / "secret", bench.archive / "2.txt");
  };
  const RunReport report = run_index(
      {.database = bench.database, .folders = {bench.archive}, .listener = swap}, extractor());
  CHECK(report.removed == 1);
  REQUIRE(report.failures.size() == 2);
  for (const auto& failure : report.failures) CHECK(failure.reason == BadArticle::unreadable);
  CHECK(report.documents == 3);
}
