// Searches beside an indexer that commits and swaps generations: no error, and never a mixture of
// two revisions.
//
// Every commit replaces all articles by those of the next edition, with another speaker and title;
// a search that saw two editions, or names of another revision's dictionary, would show it.
#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "indexer/database/generation.h"
#include "indexer/formats/article_format.h"
#include "indexer/write/document.h"
#include "indexer/write/xapian_writer.h"
#include "query/searcher.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr unsigned kArticles = 40;
constexpr int kSwaps = 5;
constexpr int kCommitsBetween = 10;

std::string edition_name(int edition) { return fmt::format("Editor {}", edition); }

IndexedDocument article_of(unsigned number, int edition) {
  const std::string text =
      fmt::format("Edition {} of article {}\n\n\"This is common text,\" said {}.", edition, number,
                  edition_name(edition));
  const Article article =
      parse_article(fmt::format("/archive/{:03}.txt", number), article_bytes("2024-01-01", text));
  Record record;
  record.speakers = {{edition_name(edition), SpeakerType::person}};
  DocumentMaker maker;
  return maker.make(article, record, FileState{});
}

// A generation's first edition, shown at once, then a commit for each further one.
void write_generation(const std::filesystem::path& database, int first_edition, int commits,
                      bool rebuild) {
  prepare_database_folder(database);
  const RunLock lock(database);
  const IndexVersion version{.schema = kSchemaVersion, .rules = 1, .tables = "data"};
  XapianWriter writer(database, lock, version,
                      rebuild ? Writer::Target::beside : Writer::Target::current);
  for (unsigned number = 1; number <= kArticles; ++number)
    writer.add(article_of(number, first_edition));
  writer.finish();
  for (int edition = first_edition + 1; edition <= first_edition + commits; ++edition) {
    for (unsigned number = 1; number <= kArticles; ++number)
      writer.replace(number, article_of(number, edition));
    writer.commit();
  }
}

SearchRequest everything() {
  SearchRequest request;
  request.query = "common text";
  request.limit = kArticles;
  request.facets = {{Facet::speaker, std::nullopt}, {Facet::year, std::nullopt}};
  return request;
}

// What is wrong with the results; "" when they are those of one edition.
std::string mixture(const ResultSet& results) {
  const auto& speakers = results.facets.front().values;
  if (results.total != kArticles || results.hits.size() != kArticles)
    return fmt::format("{} articles, {} hits", results.total, results.hits.size());
  if (speakers.size() != 1 || speakers.front().count != kArticles)
    return fmt::format("{} editors in the facet", speakers.size());
  for (const auto& hit : results.hits) {
    const auto& name = hit.speakers.front().name;
    if (name != speakers.front().value)
      return fmt::format("{} in an article, {} in the facet", name, speakers.front().value);
    if (!hit.title.starts_with("Edition " + name.substr(name.find(' ') + 1) + ' '))
      return fmt::format("{} in \"{}\"", name, hit.title);
  }
  return "";
}

}  // namespace

TEST_CASE(
    "searches beside 50 commits and 5 swaps of generations see one edition each, and no error") {
  const TemporaryFolder folder;
  const auto database = folder / "index.db";
  write_generation(database, 0, 0, false);
  std::atomic<bool> done = false;
  std::thread indexer([&] {
    for (int swap = 0; swap < kSwaps; ++swap)
      write_generation(database, swap * 100 + 1, kCommitsBetween, true);
    done = true;
  });
  Searcher searcher(database);
  std::set<std::string> editions;
  std::string wrong;
  int searches = 0;
  try {
    for (bool last = false; wrong.empty() && !last; ++searches) {
      last = done;
      const ResultSet results = searcher.search(everything());
      wrong = mixture(results);
      editions.insert(results.facets.front().values.front().value);
    }
  } catch (const std::exception& error) {
    wrong = error.what();
  }
  indexer.join();
  INFO(searches << " searches saw " << editions.size() << " editions");
  CHECK(wrong == "");
  CHECK(editions.contains(edition_name((kSwaps - 1) * 100 + 1 + kCommitsBetween)));
  CHECK(editions.size() > 5);
}
