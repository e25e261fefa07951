// What --match any makes of the order of hits, on an archive of 1,200 written articles of which 321
// match.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <stdexcept>

#include "query/language/query_parser.h"
#include "query/match/matcher.h"
#include "query/match/rank/neighbours.h"
#include "query/match/rank/ranked_page.h"
#include "query/searcher.h"
#include "tests/query/sample_index.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr int kArticles = 1200;

class TopicIndex {
 public:
  TopicIndex() {
    for (int i = 0; i < 16; ++i)
      add("A fare protest grew as commuters with tickets began to march past the depot. " +
          some_words(30));
    about_ = add("Once a fare was named. Commuters with tickets began to march past the depot. " +
                 some_words(30));
    by_chance_ =
        add("Once a fare was named. Kettles on shelves began to shine beside the curtain. " +
            some_words(30));
    for (int i = 0; i < 3; ++i)
      copies_.push_back(
          add("Commuters spoke of a protest at noon. The ladder and the bucket were not there."));
    for (int i = 0; i < 300; ++i) add("Somebody wrote protest. " + some_words(40));
    while (number_ < kArticles) add("Nobody wrote it. " + some_words(40));
    const Outcome outcome =
        run("dateline-index", {"--quiet", "--db", database(), (folder_ / "archive").string()});
    if (outcome.status != 0) throw std::runtime_error(outcome.err);
  }

  std::string database() const { return (folder_ / "topic.db").string(); }
  const std::string& about() const { return about_; }
  const std::string& by_chance() const { return by_chance_; }
  const std::vector<std::string>& copies() const { return copies_; }  // the newest last

 private:
  // Later ones are newer.
  std::string add(const std::string& text) {
    const int day = number_++;
    const auto path = folder_ / ("archive/" + std::to_string(number_) + ".txt");
    const Day date = *make_day(2020, 1, 1) + std::chrono::days{day};
    write_file(path, article_bytes(to_string(day_value(date)), "Notice\n\n" + text));
    return path.string();
  }

  std::string some_words(int count) {
    std::string words;
    for (int i = 0; i < count; ++i) words += "w" + std::to_string(random_() % 3000) + "x ";
    return words;
  }

  TemporaryFolder folder_;
  std::mt19937 random_{11};
  int number_ = 0;
  std::string about_;
  std::string by_chance_;
  std::vector<std::string> copies_;
};

const TopicIndex& topic() {
  static const TopicIndex made;
  return made;
}

ResultSet search_any(std::size_t limit, std::size_t offset = 0) {
  static Searcher searcher(topic().database());
  SearchRequest asked = request("fare protest");
  asked.match = MatchMode::any;
  asked.limit = limit;
  asked.offset = offset;
  return searcher.search(asked);
}

std::size_t rank_of(const std::string& path, const std::vector<Hit>& hits) {
  return static_cast<std::size_t>(std::ranges::find(hits, path, &Hit::path) - hits.begin());
}

}  // namespace

TEST_CASE(
    "of two articles that match alike, --match any ranks the one first that has the words of the "
    "best hits") {
  const ResultSet found = search_any(1000);
  CHECK(found.total == 321);
  CHECK(found.hits.size() == 321);
  CHECK(rank_of(topic().about(), found.hits) < rank_of(topic().by_chance(), found.hits));
}

TEST_CASE(
    "pages of --match any put together are the whole list, and no score is above the one before") {
  const auto whole = search_any(1000).hits;
  CHECK(std::ranges::is_sorted(whole, std::greater<>{}, &Hit::score));
  for (const std::size_t size : {7u, 90u, 150u}) {
    std::vector<std::pair<std::string, double>> paged, listed;
    for (std::size_t offset = 0; offset < whole.size(); offset += size) {
      for (const auto& hit : search_any(size, offset).hits) paged.emplace_back(hit.path, hit.score);
    }
    for (const auto& hit : whole) listed.emplace_back(hit.path, hit.score);
    CHECK(paged == listed);
  }
}

TEST_CASE("copies keep equal scores with --match any and stand newest first") {
  const auto hits = search_any(1000).hits;
  const auto first = rank_of(topic().copies().back(), hits);
  REQUIRE(first + 2 < hits.size());
  CHECK(hits[first + 1].path == topic().copies()[1]);
  CHECK(hits[first + 2].path == topic().copies()[0]);
  CHECK(hits[first].score == hits[first + 2].score);
}

TEST_CASE("an article rises among the neighbours that match better, and only first hits move") {
  const IndexReader index(topic().database());
  Matcher matcher(index);
  const ResolvedNode root =
      resolve_query(parse_query("fare protest").root, request("fare protest"), index).root;
  const Matches plain = matcher.match(root, MatchMode::any, true);
  Matches smoothed = plain;
  smooth_by_neighbours(smoothed, matcher, index);
  CHECK(smoothed.documents == plain.documents);
  const auto order = find_ranked_page(plain, SortOrder::relevance, 0, plain.documents.size(),
                                      matcher.columns(), index);
  const double least = order[kHitsCompared - 1].weight;
  std::size_t moved = 0;
  const auto place = [&](Xapian::docid id) {
    return static_cast<std::size_t>(std::ranges::lower_bound(plain.documents, id) -
                                    plain.documents.begin());
  };
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double weight = smoothed.weights[place(order[rank].id)];
    if (rank >= kHitsCompared)
      CHECK(weight == order[rank].weight);
    else
      CHECK(weight >= least);
    moved += weight != order[rank].weight;
  }
  CHECK(moved > 2);
  const auto gain = [&](const std::string& path) {
    const auto id = std::ranges::find_if(order, [&](const auto& hit) {
                      return index.path_of(hit.id) == path;
                    })->id;
    return smoothed.weights[place(id)] - plain.weights[place(id)];
  };
  CHECK(gain(topic().about()) > gain(topic().by_chance()));
}
