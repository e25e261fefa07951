// Whatever happens to the archive between runs, the index is that of a first run.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

#include "tests/indexer/index_bench.h"
#include "tests/support/program.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

// An archive to which random things happen. Its clock is its own: no two files have the same time
// by accident, as they would where the file system's clock ticks seldom.
class RestlessArchive {
 public:
  RestlessArchive(const fs::path& folder, unsigned seed) : folder_(folder), random_(seed) {
    for (int i = 0; i < 6; ++i) write(file(), story(number()));
  }

  void change() {
    const fs::path one = file();
    switch (random_() % 9) {
      case 0:
        fs::remove(one);
        break;
      case 1:
        corrupt(one);
        break;
      case 2:
        rename(one, file());
        break;
      case 3:
        touch(one);
        break;
      case 4:
        exchange(one, file());
        break;
      case 5:
        duplicate(one, file());
        break;
      default:
        write(one, story(number()));
    }
  }

  int number() { return static_cast<int>(random_() % 1000); }

 private:
  fs::path file() {
    static const std::array folders = {"", "2023", "2023/03"};
    return folder_ / folders[random_() % folders.size()] / fmt::format("{}.txt", random_() % 5);
  }

  void touch(const fs::path& path) {
    if (fs::exists(path))
      fs::last_write_time(path, fs::file_time_type(std::chrono::seconds(++clock_)));
  }

  void write(const fs::path& path, const std::string& bytes) {
    write_file(path, bytes);
    touch(path);
  }

  void corrupt(const fs::path& path) {
    if (!fs::exists(path)) return;
    std::string bytes = read_file(path);
    switch (random_() % 4) {
      case 0:
        bytes.clear();
        break;
      case 1:
        bytes = bytes.substr(0, bytes.size() / 3);
        break;
      case 2:
        bytes[random_() % bytes.size()] = static_cast<char>(random_() % 256);
        break;
      default:
        bytes.erase(0, 5);
    }
    write(path, bytes.empty() && random_() % 2 == 0 ? std::string(3, '\0') : bytes);
  }

  static void rename(const fs::path& from, const fs::path& to) {
    if (!fs::exists(from)) return;
    fs::create_directories(to.parent_path());
    fs::rename(from, to);
  }

  void exchange(const fs::path& one, const fs::path& other) const {
    if (!fs::exists(one) || !fs::exists(other) || one == other) return;
    fs::rename(one, folder_ / "aside");
    fs::rename(other, one);
    fs::rename(folder_ / "aside", other);
  }

  // With its time, as cp -p does.
  static void duplicate(const fs::path& from, const fs::path& to) {
    if (!fs::exists(from) || from == to) return;
    fs::create_directories(to.parent_path());
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    fs::last_write_time(to, fs::last_write_time(from));
  }

  fs::path folder_;
  std::mt19937 random_;
  int clock_ = 0;
};

}  // namespace

TEST_CASE("whatever the history of runs, the index is that of a first run") {
  const auto sequences = static_cast<unsigned>(trials(30, 300));
  for (unsigned seed = 0; seed < sequences; ++seed) {
    CAPTURE(seed);
    const IndexBench bench;
    RestlessArchive archive(bench.archive, seed);
    for (int round = 0; round < 4; ++round) {
      bench.run(archive.number() % 10 == 0, {1000},
                1 + static_cast<unsigned>(archive.number() % 3));
      for (int changes = archive.number() % 6; changes >= 0; --changes) archive.change();
    }
    bench.run(false, {1000});
    REQUIRE(dump(bench.database) == bench.dump_from_scratch());
  }
}
