// In which order hits stand, over small archives indexed by the real program.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "query/language/query_parser.h"
#include "query/language/query_resolver.h"
#include "query/match/rank/expansion.h"
#include "query/search.h"
#include "query/searcher.h"
#include "tests/query/sample_index.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

struct Archive : Workplace {
  void add(const std::string& name, const std::string& day, const std::string& words) const {
    write_file(folder / ("archive/" + name), article_bytes(day, "Notice\n\n" + words));
  }
  void index() const {
    REQUIRE(run("dateline-index", {"--quiet", "--db", database, archive}).status == 0);
  }
  ResultSet search(const SearchRequest& asked) const { return Searcher(database).search(asked); }
  std::vector<std::string> names(const SearchRequest& asked) const {
    std::vector<std::string> found;
    for (const auto& hit : search(asked).hits)
      found.push_back(std::filesystem::path(hit.path).filename());
    return found;
  }
  double score(const std::string& name, const SearchRequest& asked) const {
    for (const auto& hit : search(asked).hits) {
      if (hit.path == archive + '/' + name) return hit.score;
    }
    FAIL(name << " was not found");
    return 0;
  }
};

using Names = std::vector<std::string>;

// Words that nothing else has.
std::string some_words(const std::string& beginning, int count) {
  std::string words;
  for (int i = 0; i < count; ++i) words += beginning + std::to_string(i) + "x ";
  return words;
}

}  // namespace

TEST_CASE("ties stand by path, whatever the order in which the articles were indexed") {
  const Archive archive;
  for (const char* name : {"c.txt", "a.txt", "b.txt"}) {
    archive.add(name, "2023-03-03", "The ferry sank.");
    archive.index();
  }
  for (const auto order : {SortOrder::relevance, SortOrder::newest, SortOrder::oldest}) {
    SearchRequest asked = request("ferry");
    asked.sort = order;
    CHECK(archive.names(asked) == Names{"a.txt", "b.txt", "c.txt"});
    asked.limit = 1;
    asked.offset = 1;
    CHECK(archive.names(asked) == Names{"b.txt"});
  }
}

TEST_CASE("ties stand by path also where not all matches are looked at") {
  const Archive archive;
  for (const char* name : {"b.txt", "c.txt", "a.txt", "d.txt"}) {
    archive.add(name, "2023-03-03", "The ferry fire went on.");
    archive.index();
  }
  SearchRequest asked = request("\"ferry fire\"");
  asked.exact_total = false;
  asked.limit = 1;
  CHECK(archive.names(asked) == Names{"a.txt"});
  asked.offset = 2;
  CHECK(archive.names(asked) == Names{"c.txt"});
}

TEST_CASE("a word asked for twice weighs twice") {
  const Archive archive;
  archive.add("a.txt", "2023-03-03", "The ferry came.");
  archive.add("b.txt", "2023-03-03", "The boat came.");
  archive.index();
  const double once = archive.score("a.txt", request("ferry"));
  CHECK(once > 0);
  CHECK(archive.score("a.txt", request("ferry ferry")) == Approx(2 * once));
  CHECK(archive.score("a.txt", request("ferry ferry ferry")) == Approx(3 * once));
}

TEST_CASE("copies are folded over all matches, also where the total need not be exact") {
  const Archive archive;
  for (int i = 1; i <= 6; ++i) {
    std::string words = some_words("w" + std::to_string(i) + 'n', 60);
    for (int times = 0; times < i; ++times) words += "The ferry fire went on. ";
    archive.add(std::to_string(i) + ".txt", "2023-03-03", words);
    archive.add(std::to_string(i) + "copy.txt", "2023-03-03", words);
  }
  archive.index();
  SearchRequest asked = request("\"ferry fire\"");
  asked.limit = 1;
  asked.exact_total = false;
  CHECK_FALSE(archive.search(asked).total_is_exact);  // so that the next lines can fail
  asked.collapse = true;
  const ResultSet folded = archive.search(asked);
  CHECK(folded.total_is_exact);
  CHECK(folded.total == 6);
  CHECK(folded.folded == 6);
  CHECK(folded.hits.at(0).copies == 1);
}

TEST_CASE("an article dated ahead gains as much by --recent as one of today, an older one less") {
  const Archive archive;
  archive.add("ahead.txt", "2024-07-02", "The ferry sank.");  // today is 2024-07-01
  archive.add("today.txt", "2024-07-01", "The ferry sank.");
  archive.add("before.txt", "2024-06-30", "The ferry sank.");
  archive.index();
  SearchRequest asked = request("ferry");
  asked.recent = 30;
  CHECK(archive.score("ahead.txt", asked) == archive.score("today.txt", asked));
  CHECK(archive.score("before.txt", asked) < archive.score("today.txt", asked));
}

TEST_CASE("an article shorter than half the average gains nothing by being shorter still") {
  const Archive archive;
  archive.add("one.txt", "2023-03-03", "Ferry.");
  archive.add("ten.txt", "2023-03-03", "Ferry. " + some_words("t", 9));
  archive.add("sixty.txt", "2023-03-03", "Ferry. " + some_words("s", 59));
  for (int i = 0; i < 4; ++i)
    archive.add("long" + std::to_string(i) + ".txt", "2023-03-03",
                some_words('l' + std::to_string(i) + 'n', 100));
  archive.index();  // 74 words on average
  const SearchRequest asked = request("ferry");
  CHECK(archive.score("one.txt", asked) == archive.score("ten.txt", asked));
  CHECK(archive.score("sixty.txt", asked) < archive.score("ten.txt", asked));
}

TEST_CASE("a word that says little is none of the topic, however rare it is") {
  const Archive archive;
  for (int i = 0; i < 4; ++i) {
    archive.add("best" + std::to_string(i) + ".txt", "2023-03-03",
                "The ferry fares rose. Ferry fares: whom, kettle. " +
                    some_words('b' + std::to_string(i) + 'n', 10));
  }
  archive.add("whom.txt", "2023-03-03", "The ferry came. Whom? " + some_words("same", 20));
  archive.add("lamp.txt", "2023-03-03", "The ferry came. Lamp? " + some_words("same", 20));
  archive.add("kettle.txt", "2023-03-03", "The ferry came. Kettle? " + some_words("same", 20));
  for (int i = 0; i < 420; ++i)
    archive.add("other" + std::to_string(i) + ".txt", "2023-03-03",
                some_words('o' + std::to_string(i) + 'n', 10));
  archive.index();
  const IndexReader index(archive.database);
  Matcher matcher(index);
  const SearchRequest asked = request("ferry fares");
  const ResolvedNode root = resolve_query(parse_query(asked.query).root, asked, index).root;
  Matches matches = matcher.match(root, MatchMode::any, true);
  add_words_of_first_hits(matches, matcher, index);
  const auto weight = [&](const std::string& name) {
    const auto id = find_article(index, archive.archive + '/' + name, "");
    const auto at = std::ranges::find(matches.documents, id.value()) - matches.documents.begin();
    return matches.weights.at(static_cast<std::size_t>(at));
  };
  CHECK(weight("whom.txt") == weight("lamp.txt"));
  CHECK(weight("kettle.txt") > weight("lamp.txt"));
}
