// A run needs nothing of a writer but its interface: one that only counts takes its place.
#include "indexer/write/writer.h"

#include <catch2/catch.hpp>
#include <set>

#include "indexer/run/index_run.h"
#include "tests/indexer/index_bench.h"

using namespace dateline;
using namespace dateline::test;

namespace {

struct Counts {
  std::uint64_t documents = 0;
  std::uint64_t words = 0;  // with their repetitions
  std::set<std::string, std::less<>> flags;
  std::set<std::string> speakers;
  int finished = 0;
};

class CountingWriter final : public Writer {
 public:
  explicit CountingWriter(Counts& counts) : counts_(counts) {}

  std::vector<IndexedEntry> indexed() const override { return {}; }
  std::vector<FailedFile> failed_files() const override { return {}; }
  void set_failed_files(const std::vector<FailedFile>&) override {}
  IndexSettings settings() const override { return {}; }
  void set_settings(const IndexSettings&) override {}
  UserAliases user_aliases() const override { return {}; }
  void set_user_aliases(const UserAliases&) override {}
  void set_country_names(const std::vector<CountryName>&) override {}

  void add(IndexedDocument added) override {
    ++counts_.documents;
    added.terms.for_each([&](std::string_view term, TermList::Kind kind, std::uint32_t) {
      if (kind == TermList::Kind::posting) ++counts_.words;
      if (kind == TermList::Kind::flag) counts_.flags.emplace(term);
    });
    for (const auto& value : added.facets[static_cast<std::size_t>(Facet::speaker)])
      counts_.speakers.insert(value.entry);
  }
  void replace(std::uint32_t, IndexedDocument) override { FAIL("there was nothing"); }
  void remove(std::uint32_t) override { FAIL("there was nothing"); }
  void refresh_state(std::uint32_t, const FileState&) override { FAIL("there was nothing"); }

  std::uint64_t pending() const override { return 0; }
  void commit() override {}
  void finish() override { ++counts_.finished; }
  void abandon() override {}
  void set_aside_old() override {}
  std::string set_aside() const override { return ""; }
  void mark_mixed() override {}
  std::vector<std::string> new_names(Facet) const override { return {}; }
  std::vector<std::string> warnings() const override { return {}; }
  std::uint64_t document_count() const override { return counts_.documents; }
  std::string newest_article(Day) const override { return ""; }
  std::uint64_t bytes() const override { return 0; }

 private:
  Counts& counts_;
};

}  // namespace

TEST_CASE("a run writes through any kind of writer") {
  IndexBench bench;
  write_file(bench.archive / "1.txt",
             " date 2024-05-16 \n\nTalks\n\n\"We met four times,\" said Anna Lind in Oslo.\n");
  write_file(bench.archive / "2.txt", " date 2024-05-17 \n\nTalks end\n");
  write_file(bench.archive / "bad.txt", "no date\n");
  Counts counts;
  const OpenWriter open = [&](const auto&, const auto&, const auto&, Writer::Target) {
    return std::make_unique<CountingWriter>(counts);
  };
  const RunReport report =
      run_index({.database = bench.database, .folders = {bench.archive}}, extractor(), open);
  CHECK(report.added == 2);
  CHECK(report.failures.size() == 1);
  CHECK(report.documents == 2);
  CHECK(counts.documents == 2);
  CHECK(counts.words == 1 + 9 + 1 + 2 + 2);  // of bodies and titles
  CHECK(counts.flags.contains("M202405"));
  CHECK(counts.speakers == std::set<std::string>{"Anna Lind"});
  CHECK(counts.finished == 1);
}
