// What an archive may become under a run that scans and reads it: files and folders swapped for
// links, pipes, devices and folders, grown, replaced and removed, by a loop of renames. Nothing
// waits, nothing outside is seen, no article is lost that was there all the time.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

constexpr int kKept = 200;
constexpr int kVictims = 8;   // files that become something else
constexpr int kFolders = 12;  // below the folder that becomes something else, an article in each

std::string article(int number, const std::string& words) {
  return article_bytes(fmt::format("2023-03-{:02}", number % 28 + 1), words);
}

struct Bench : Workplace {
  Bench() {
    for (int i = 0; i < kKept; ++i) {
      write_file(fmt::format("{}/{}/kept-{}.txt", archive, i % 2 == 0 ? "mixed" : "steady", i),
                 article(i, fmt::format("Keeper number {}", i)));
    }
    for (int i = 0; i < kFolders; ++i) {
      write_file(outside + fmt::format("/below/{}/secret-{}.txt", i, i), article(i, "Hidden"));
      write_file(outside + fmt::format("/below/{}/1.txt", i), article(i, "Hidden"));
    }
    restore();
  }

  std::string victim(int number) const { return fmt::format("{}/mixed/v{}.txt", archive, number); }

  // All is there and sound again.
  void restore() const {
    for (int i = 0; i < kVictims; ++i) {
      fs::remove_all(victim(i));
      write_file(victim(i), article(i, fmt::format("Victim number {}", i)));
    }
    fs::remove_all(swapped);
    fs::remove_all(aside);
    for (int i = 0; i < kFolders; ++i) {
      write_file(swapped + fmt::format("/below/{}/1.txt", i),
                 article(i, fmt::format("Deep number {}", i)));
    }
  }

  std::string outside = (folder / "outside").string();
  std::string swapped = archive + "/swapped";
  std::string aside = (folder / "aside").string();  // its place meanwhile
};

// Changes the archive until it is destroyed.
class Swapper {
 public:
  explicit Swapper(const Bench& bench, unsigned seed)
      : bench_(bench), random_(seed), thread_([this] {
          while (!stop_) step();
          put_back();
        }) {}
  Swapper(const Swapper&) = delete;
  Swapper& operator=(const Swapper&) = delete;
  ~Swapper() {
    stop_ = true;
    thread_.join();
  }

 private:
  void step() {
    if (random_() % 2 == 0) return swap_folder();
    const std::string file = bench_.victim(static_cast<int>(random_() % kVictims));
    const std::string fresh = (bench_.folder / "fresh").string();
    const std::string text = article(1, fmt::format("Victim of {}", random_()));
    std::error_code ignored;
    switch (random_() % 9) {
      case 0:
        return put(symlink((bench_.outside + "/below/1/1.txt").c_str(), fresh.c_str()), file);
      case 1:
        return put(mkfifo(fresh.c_str(), 0666), file);
      case 2:
        return put(mknod(fresh.c_str(), S_IFCHR | 0666, makedev(1, 5)), file);  // endless zeros
      case 3:
        return put(mknod(fresh.c_str(), S_IFSOCK | 0666, 0), file);
      case 4:
        write_file(fresh, text);
        return put(0, file);
      case 5:  // grows
        if (fs::is_regular_file(fs::symlink_status(file, ignored))) {
          const int descriptor = open_to_append(file);
          for (int i = 0; i < 20 && descriptor >= 0; ++i) {
            if (write(descriptor, text.data(), text.size()) < 0) break;
          }
          if (descriptor >= 0) close(descriptor);
        }
        return;
      case 6:
        fs::remove_all(file, ignored);
        if (random_() % 2 == 0) fs::create_directory(file, ignored);
        return;
      case 7:
        chmod(file.c_str(), random_() % 2 == 0 ? 0 : 0644);
        return;
      default:
        truncate(file.c_str(), static_cast<off_t>(random_() % 100));
    }
  }

  static int open_to_append(const std::string& file);

  // Gives what was made the victim's name at once.
  void put(int made, const std::string& file) const {
    std::error_code ignored;
    const std::string fresh = (bench_.folder / "fresh").string();
    if (made == 0) fs::rename(fresh, file, ignored);
    if (ignored) fs::remove_all(file, ignored);  // a folder in the way
    fs::remove(fresh, ignored);
  }

  void swap_folder() {
    std::error_code ignored;
    if (is_away_) return put_back();
    fs::rename(bench_.swapped, bench_.aside, ignored);
    fs::create_symlink(bench_.outside, bench_.swapped, ignored);
    is_away_ = true;
  }

  void put_back() {
    if (!is_away_) return;
    std::error_code ignored;
    fs::remove(bench_.swapped, ignored);
    fs::rename(bench_.aside, bench_.swapped, ignored);
    is_away_ = false;
  }

  const Bench& bench_;
  std::mt19937 random_;
  bool is_away_ = false;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

int Swapper::open_to_append(const std::string& file) {
  return open(file.c_str(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

Outcome limited(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"60", "env", "DATELINE_DATA=" + data_folder().string(), index_program()});
  return run_tool("timeout", arguments);
}

}  // namespace

TEST_CASE("an archive whose files and folders are swapped under the runs") {
  const Bench bench;
  const std::vector<std::string> call = {"--db", bench.database, "--max-delete", "1000",
                                         bench.archive};
  REQUIRE(limited(call).status == 0);
  const auto count = [&](const std::string& query) {
    return run("dateline-query", {"--db", bench.database, "--count", query}).out;
  };
  std::vector<std::vector<std::string>> calls{call, {"--extract", bench.archive}};
  for (const auto* option : {"--verify-files", "--retry-failed", "--rebuild", "--dry-run"}) {
    calls.push_back(call);
    calls.back().emplace_back(option);
  }
  for (int trial = 0; trial < trials(12, 200); ++trial) {
    Outcome outcome;
    {
      const Swapper swapper(bench, static_cast<unsigned>(trial));
      outcome = limited(calls[static_cast<std::size_t>(trial) % calls.size()]);
    }
    INFO("trial " << trial << ": " << outcome.err);
    CHECK((outcome.status == 0 || outcome.status == 1));
    CHECK_THAT(outcome.err, !Catch::Contains("secret"));
    CHECK_THAT(outcome.out, !Catch::Contains("Hidden"));
    CHECK(count("keeper") == fmt::format("{}\n", kKept));
    CHECK(count("hidden") == "0\n");
    CHECK(fs::exists(bench.swapped + "/below/0/1.txt"));
  }
  CHECK_THAT(run("dateline-index", {"--db", bench.database, "--stats", "--failed"}).out,
             !Catch::Contains("secret"));
  bench.restore();
  const Outcome last = limited(call);
  INFO(last.err);
  CHECK(last.status == 0);
  const std::string fresh = (bench.folder / "fresh.db").string();
  REQUIRE(limited({"--db", fresh, bench.archive}).status == 0);
  CHECK(limited({"--db", bench.database, "--dump"}).out == limited({"--db", fresh, "--dump"}).out);
}
