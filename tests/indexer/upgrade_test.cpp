// What a run does with an index of older rules, tables or schema, and what a rebuild keeps.
#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>

#include "common/error.h"
#include "common/store/keys.h"
#include "common/store/schema.h"
#include "common/text/unicode.h"
#include "indexer/care/index_check.h"
#include "indexer/care/index_stats.h"
#include "indexer/database/content_hash.h"
#include "indexer/database/file_state.h"
#include "indexer/database/generation.h"
#include "indexer/database/index_version.h"
#include "indexer/database/verification.h"
#include "tests/indexer/index_bench.h"

using namespace dateline;
using namespace dateline::test;
namespace fs = std::filesystem;

namespace {

struct UpgradeBench : IndexBench {
  UpgradeBench() {
    for (int i = 0; i < 6; ++i) write_file(archive / fmt::format("{}.txt", i), story(i));
  }

  RunRequest request() const { return {.database = database, .folders = {archive}}; }

  // Makes the index look like one of another program's.
  void set(std::string_view key, const std::string& value) const {
    Xapian::WritableDatabase index((database / current_generation(database).value()).string(),
                                   Xapian::DB_OPEN);
    index.set_metadata(std::string(key), value);
    index.commit();
  }

  IndexStats stats() const { return read_index_stats(database); }

  void write_more(int number) const {
    write_file(folder / fmt::format("more/{}.txt", number), story(number));
  }
};

}  // namespace

TEST_CASE(
    "a run that finds older rules or other tables brings the index up to date, writes it anew and "
    "swaps") {
  for (const auto key : {kRulesKey, kDataFingerprintKey}) {
    UpgradeBench bench;
    bench.run();
    bench.set(key, "0");
    write_file(bench.archive / "new.txt", story(20));
    const RunReport report = bench.run();
    CHECK(report.rebuild == Rebuild::done);
    CHECK(report.added == 1);
    CHECK(report.unchanged == 6);
    CHECK(report.documents == 7);
    CHECK_FALSE(report.upgraded_from.empty());
    CHECK(current_generation(bench.database) == "gen-000002");
    CHECK_FALSE(bench.stats().mixed);
    CHECK(dump(bench.database) == bench.dump_from_scratch());
    CHECK(bench.run().rebuild == Rebuild::none);
  }
}

TEST_CASE("--no-upgrade refuses an index of other rules and changes nothing") {
  UpgradeBench bench;
  bench.run();
  bench.set(kRulesKey, "0");
  const std::string before = dump(bench.database);
  RunRequest request = bench.request();
  request.upgrade = false;
  CHECK_THROWS_WITH(run_index(request, extractor()),
                    Catch::Contains("was made with other rules; nothing was changed"));
  CHECK(dump(bench.database) == before);
}

TEST_CASE("an upgrade that is stopped has done the night's work, and goes on in the next run") {
  UpgradeBench bench;
  bench.run();
  bench.set(kRulesKey, "0");
  write_file(bench.archive / "new.txt", story(20));
  RunRequest request = bench.request();
  request.documents_a_commit = 2;
  request.progress = [](std::uint64_t done, std::uint64_t all) { return all == 1 || done < 3; };
  const RunReport report = run_index(request, extractor());
  CHECK(report.stopped);
  CHECK(report.rebuild == Rebuild::unfinished);
  CHECK(report.documents == 7);
  CHECK(bench.stats().mixed);
  CHECK(bench.stats().rebuilding);
  CHECK(bench.stats().articles == 7);
  CHECK(current_generation(bench.database) == "gen-000001");
  std::uint64_t left = 0;
  request.progress = [&](std::uint64_t, std::uint64_t all) {
    left = all;
    return true;
  };
  CHECK(run_index(request, extractor()).rebuild == Rebuild::done);
  CHECK(left == 4);
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("what became of an unfinished rebuild meanwhile is never published") {
  UpgradeBench bench;
  bench.run();
  bench.set(kRulesKey, "0");
  RunRequest request = bench.request();
  request.documents_a_commit = 2;
  request.progress = [](std::uint64_t done, std::uint64_t all) { return all == 1 || done < 5; };
  REQUIRE(run_index(request, extractor()).rebuild == Rebuild::unfinished);
  const fs::path safe = bench.folder / "safe";
  fs::copy(bench.database, safe, fs::copy_options::recursive);
  std::mt19937 random(11);
  for (int trial = 0; trial < 12; ++trial) {
    fs::remove_all(bench.database);
    fs::copy(safe, bench.database, fs::copy_options::recursive);
    const fs::path table = bench.database / "gen-000002/postlist.glass";
    std::string bytes = read_file(table);
    for (int i = 0; i < 60; ++i) bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    write_file(table, bytes);
    bench.run();
    CAPTURE(trial);
    std::string findings;
    CHECK(check_index(bench.database, [&](const std::string& line) { findings += line + '\n'; }) ==
          CheckResult::sound);
    CHECK(findings.empty());
  }
}

TEST_CASE("an upgrade that is stopped before it began is no failure and goes on in the next run") {
  UpgradeBench bench;
  bench.run();
  bench.set(kRulesKey, "0");
  write_file(bench.archive / "new.txt", story(20));
  RunRequest request = bench.request();
  bool asked = false;
  request.progress = [&](std::uint64_t, std::uint64_t) { return asked = true; };
  request.stop = [&] { return asked; };
  const RunReport report = run_index(request, extractor());
  CHECK(report.stopped);
  CHECK(report.rebuild == Rebuild::unfinished);
  CHECK(report.documents == 7);
  CHECK(report.warnings.empty());
  CHECK(bench.run().rebuild == Rebuild::done);
}

TEST_CASE("a rebuild that is stopped has removed nothing yet") {
  UpgradeBench bench;
  bench.run();
  fs::remove(bench.archive / "0.txt");
  RunRequest request = bench.request();
  request.rebuild = true;
  request.progress = [](std::uint64_t done, std::uint64_t) { return done < 3; };
  const RunReport report = run_index(request, extractor());
  CHECK(report.rebuild == Rebuild::unfinished);
  CHECK(report.removed == 0);
  CHECK(report.removed_paths.empty());
  CHECK(report.documents == 6);
  CHECK(bench.run().removed == 1);
}

TEST_CASE("an upgrade counts a known bad file once") {
  UpgradeBench bench;
  write_file(bench.archive / "bad.txt", "no date\n");
  bench.run();
  bench.set(kRulesKey, "0");
  const RunReport report = bench.run();
  CHECK(report.rebuild == Rebuild::done);
  CHECK(report.failed_before.empty());
  CHECK(report.failures.size() == 1);
  CHECK(new_failures(report) == 0);
  CHECK(report.failing.size() == 1);
}

TEST_CASE("a rebuild names an article whose file is none any more as removed") {
  UpgradeBench bench;
  bench.run();
  write_file(bench.archive / "1.txt", "no date\n");
  const RunReport report = bench.run(true);
  CHECK(report.documents == 5);
  CHECK(report.removed == 1);
  CHECK(report.no_articles == 1);
  CHECK(report.removed_paths == std::vector{(bench.archive / "1.txt").string()});
}

TEST_CASE("an unfinished rebuild of other rules than this program's is begun anew") {
  UpgradeBench bench;
  bench.run();
  RunRequest request = bench.request();
  request.rebuild = true;
  request.progress = [](std::uint64_t done, std::uint64_t) { return done < 3; };
  CHECK(run_index(request, extractor()).rebuild == Rebuild::unfinished);
  {
    Xapian::WritableDatabase index((bench.database / "gen-000002").string(), Xapian::DB_OPEN);
    index.set_metadata(kRulesKey, "0");
    index.commit();
  }
  CHECK(bench.run().rebuild == Rebuild::none);
  CHECK(generations(bench.database) == std::vector<std::string>{"gen-000001"});
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE(
    "a rebuild keeps the articles of the old index that lie outside the folders named, extracted "
    "again from their stored text") {
  UpgradeBench bench;
  for (int i = 30; i < 33; ++i) bench.write_more(i);
  write_file(bench.folder / "more/cafe.txt",
             " date 2023-03-05 \r\n\r\nCaf\xe9 owners object\r\n\r\n\x93No,\x94 said Anna Lind in "
             "Oslo.\r\n");
  run_index({.database = bench.database, .folders = {bench.archive, bench.folder / "more"}},
            extractor());
  const std::string before = dump(bench.database);
  fs::remove_all(bench.folder / "more");
  const RunReport report = bench.run(true);
  CHECK(report.rebuild == Rebuild::done);
  CHECK(report.documents == 10);
  CHECK(dump(bench.database) == before);
  bool found = false;
  CHECK(check_invariants(bench.database, [&](const std::string&) { found = true; }) == 0);
  CHECK_FALSE(found);
}

TEST_CASE("what is no article is known once after a rebuild") {
  UpgradeBench bench;
  write_file(bench.archive / "bad.txt", "no date\n");
  bench.run();
  fs::remove(bench.archive / "1.txt");
  CHECK(bench.run(true).removed == 1);
  CHECK(bench.stats().failed.size() == 1);
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("a file that cannot be read now keeps its article through a rebuild") {
  UpgradeBench bench;
  bench.run();
  fs::permissions(bench.archive / "1.txt", fs::perms::none);  // root reads it all the same
  CHECK(bench.run(true).documents == 6);
  fs::permissions(bench.archive / "1.txt", fs::perms::owner_all);
  bench.run();
  CHECK(dump(bench.database) == bench.dump_from_scratch());
}

TEST_CASE("a rebuild counts what is gone against the old index, as every run does") {
  IndexBench bench;
  for (int i = 0; i < 150; ++i) write_file(bench.archive / fmt::format("{:03}.txt", i), story(i));
  bench.run();
  const std::string before = dump(bench.database);
  for (int i = 0; i < 120; ++i) fs::remove(bench.archive / fmt::format("{:03}.txt", i));
  CHECK_THROWS_WITH(bench.run(true), Catch::Contains("120 of 150 indexed articles are gone"));
  CHECK(dump(bench.database) == before);
  CHECK(generations(bench.database) == std::vector<std::string>{"gen-000001"});
  CHECK(bench.run(true, {120}).documents == 30);
}

// A database of each schema that was released stands in tests/data/index_schema_N.
struct ReleasedSchema {
  int version;
  std::string generation;  // its own, and the next
  std::string next;
  std::size_t documents;
};
const std::vector<ReleasedSchema> kReleased = {{3, "gen-000002", "gen-000003", 3},
                                               {4, "gen-000003", "gen-000004", 4},
                                               {5, "gen-000005", "gen-000006", 4}};

TEST_CASE("an index of each schema that is read is rebuilt with all that it holds and was told") {
  for (const auto& schema : kReleased) {
    INFO(schema.version);
    if (schema.version < kOldestReadSchema) continue;
    TemporaryFolder folder;
    const fs::path database = folder / "index.db";
    fs::copy(source_folder() / fmt::format("tests/data/index_schema_{}", schema.version), database,
             fs::copy_options::recursive);
    CHECK(current_generation(database) == schema.generation);
    write_file(folder / "archive/1.txt", story(1));
    const RunReport report =
        run_index({.database = database, .folders = {folder / "archive"}}, extractor());
    if (schema.version < kSchemaVersion) {
      CHECK(report.rebuild == Rebuild::done);
      CHECK(report.upgraded_from == fmt::format("schema version {}, this program writes {}",
                                                schema.version, kSchemaVersion));
      CHECK(current_generation(database) == schema.next);
    }
    CHECK(report.documents == schema.documents + 1);
    CHECK(report.lost.empty());
    CHECK(check_invariants(database, [](const std::string& text) { FAIL_CHECK(text); }) == 0);
    const Xapian::Database index((database / current_generation(database).value()).string());
    CHECK(index.get_metadata("dateline.user-aliases").find("Claire Le Goff") != std::string::npos);
  }
}

TEST_CASE("an index of an older schema is refused as it is, and a rebuild keeps it aside") {
  for (const auto& schema : kReleased) {
    INFO(schema.version);
    if (schema.version >= kOldestReadSchema) continue;
    TemporaryFolder folder;
    const fs::path database = folder / "index.db";
    fs::copy(source_folder() / fmt::format("tests/data/index_schema_{}", schema.version), database,
             fs::copy_options::recursive);
    write_file(folder / "archive/1.txt", story(1));
    RunRequest request{.database = database, .folders = {folder / "archive"}};
    CHECK_THROWS_WITH(
        run_index(request, extractor()),
        Catch::EndsWith(fmt::format(
            ": was made with schema version {}, this program writes {}; nothing was changed",
            schema.version, kSchemaVersion)));
    CHECK(generations(database) == std::vector<std::string>{schema.generation});
    request.rebuild = true;
    CHECK(run_index(request, extractor()).lost.size() == 1);
    CHECK(fs::exists(database / ("damaged-" + schema.generation) / "docdata.glass"));
  }
}

// Nobody has the files of these articles: their states come from the old index, whose hashes are of
// another kind.
TEST_CASE("what an upgrade takes from the old index is hashed as the file would be") {
  TemporaryFolder folder;
  const fs::path database = folder / "index.db";
  fs::copy(source_folder() / "tests/data/index_schema_4", database, fs::copy_options::recursive);
  write_file(folder / "archive/1.txt", story(1));
  run_index({.database = database, .folders = {folder / "archive"}}, extractor());
  const Xapian::Database index((database / current_generation(database).value()).string());
  std::size_t decoded = 0;
  for (auto posting = index.postlist_begin(""); posting != index.postlist_end(""); ++posting) {
    const Xapian::Document document = index.get_document(*posting);
    const std::string data = document.get_data();
    const auto text = data.substr(data.find('\n') + 1);
    const auto state = unpack_file_state(document.get_value(number(Slot::file_state)));
    REQUIRE(state);
    const bool was_decoded = data.find("\"encoding\":\"windows-1252\"") != std::string::npos;
    const std::string bytes = was_decoded ? encode_windows1252(text).value() : text;
    CHECK(state->size == bytes.size());
    CHECK(state->hash == content_hash(bytes));
    decoded += was_decoded ? 1 : 0;
  }
  CHECK(decoded == 1);
}

TEST_CASE("an index of schema 4 is held to the sum and the form that it was written with") {
  TemporaryFolder folder;
  const fs::path database = folder / "index.db";
  fs::copy(source_folder() / "tests/data/index_schema_4", database, fs::copy_options::recursive);
  CHECK(check_invariants(database, [](const std::string& text) { FAIL_CHECK(text); }) == 0);
  CHECK_NOTHROW(verify_generation(database / current_generation(database).value()));
}

TEST_CASE("every schema that is read has a database to try it on") {
  for (int version = kOldestReadSchema; version < kSchemaVersion; ++version) {
    INFO(version);
    CHECK(std::ranges::count(kReleased, version, &ReleasedSchema::version) == 1);
  }
}

TEST_CASE("an index of a newer schema is refused, whatever is asked") {
  UpgradeBench bench;
  bench.run();
  bench.set(kSchemaKey, std::to_string(kSchemaVersion + 1));
  for (const bool rebuild : {false, true})
    CHECK_THROWS_WITH(bench.run(rebuild), Catch::Contains("a newer version of Dateline made it"));
  CHECK(generations(bench.database) == std::vector<std::string>{"gen-000001"});
}

TEST_CASE("what may not or cannot be read now is told from damage by the error of the system") {
  CHECK(is_hindrance(std::strerror(EMFILE)));
  CHECK(is_hindrance(std::strerror(EACCES)));
  CHECK_FALSE(is_hindrance(std::strerror(EIO)));
  CHECK_FALSE(is_hindrance(""));
}

TEST_CASE(
    "a rebuild beside a generation that a link is part of is refused and leaves nothing behind") {
  UpgradeBench bench;
  bench.run();
  const fs::path table = bench.database / "gen-000001/postlist.glass";
  fs::rename(table, bench.folder / "aside");
  fs::create_symlink(bench.folder / "aside", table);
  CHECK_THROWS_WITH(bench.run(true), Catch::Contains("is no regular file"));
  CHECK(generations(bench.database) == std::vector<std::string>{"gen-000001"});
}

TEST_CASE("a damaged old index whose new name is taken costs a warning") {
  UpgradeBench bench;
  bench.run();
  write_file(bench.database / "damaged-gen-000001/mine", "");
  write_file(bench.database / "gen-000001/postlist.glass", "");
  const RunReport report = bench.run(true);
  CHECK(report.rebuild == Rebuild::done);
  CHECK(report.documents == 6);
  CHECK(report.set_aside.empty());
  CHECK(report.warnings.size() == 1);
  CHECK(fs::exists(bench.database / "gen-000001"));
}

TEST_CASE("a rebuild of an index that cannot be read keeps its folder under another name") {
  UpgradeBench bench;
  bench.run();
  const fs::path table = bench.database / "gen-000001/postlist.glass";
  write_file(table, std::string(fs::file_size(table), '\xff'));
  const RunReport report = bench.run(true);
  CHECK(report.rebuild == Rebuild::done);
  CHECK(report.documents == 6);
  CHECK(report.lost.size() == 1);
  CHECK(report.set_aside == "damaged-gen-000001");
  CHECK(fs::exists(bench.database / "damaged-gen-000001/postlist.glass"));
  CHECK(dump(bench.database) == bench.dump_from_scratch());
  CHECK(bench.run(true).set_aside.empty());
  CHECK(fs::exists(bench.database / "damaged-gen-000001/postlist.glass"));
}
