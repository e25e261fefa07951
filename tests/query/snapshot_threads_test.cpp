// Eight threads that search one snapshot get what one thread gets, also beside a writer.
//
// Built and run with ThreadSanitizer as well (preset thread), which sees two threads at one value
// without a lock even when the answer happens to be right. The index is made by dateline-index from
// outside: it needs no sanitizer.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "query/render/renderer.h"
#include "query/searcher.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr unsigned kThreads = 8;

SearchRequest request(std::string query) {
  SearchRequest made;
  made.query = std::move(query);
  made.today = *make_day(2024, 7, 1);
  return made;
}

SearchRequest with(std::string query, const std::function<void(SearchRequest&)>& change) {
  SearchRequest made = request(std::move(query));
  change(made);
  return made;
}

// Every way into the tables, columns and dictionaries of a snapshot. `article`: the path of one.
std::vector<SearchRequest> every_kind_of_request(const std::string& article) {
  std::vector<SearchRequest> requests;
  for (const char* query : {"",
                            "minister",
                            "the OR of",
                            "treaty talks",
                            "\"the government\"",
                            "said NEAR/5 would",
                            "in ADJ/2 city",
                            "govern*",
                            "title:the",
                            "exact:talks",
                            "-said",
                            "speaker:minister",
                            "place:Geneva",
                            "place:Genva",
                            "country:France",
                            "near:\"Geneva,500km\"",
                            "mentions:2023",
                            "date:2023..2024 talks",
                            "goverment",
                            "speaker:\"An*\"",
                            "path:/nowhere",
                            "minister -the"})
    requests.push_back(request(query));
  for (const auto& facet : kFacets) {
    requests.push_back(with("the", [&](SearchRequest& r) {
      r.facets = {{facet.field, std::nullopt}};
      r.limit = 0;
    }));
    if (!facet.has_ordinals()) continue;
    requests.push_back(with("minister", [&](SearchRequest& r) { r.facets = {{facet.field, 5}}; }));
    requests.push_back(with("minister", [&](SearchRequest& r) {
      r.significant = {{facet.field, 5}};
    }));
  }
  requests.push_back(
      with("talks treaty price", [](SearchRequest& r) { r.match = MatchMode::any; }));
  requests.push_back(with("said", [](SearchRequest& r) { r.sort = SortOrder::oldest; }));
  requests.push_back(with("said", [](SearchRequest& r) { r.recent = 30; }));
  requests.push_back(with("said", [](SearchRequest& r) { r.timeline = DateUnit::month; }));
  requests.push_back(with("said", [](SearchRequest& r) { r.collapse = true; }));
  requests.push_back(with("minister", [](SearchRequest& r) { r.quotes = true; }));
  requests.push_back(with("govern* place:Geneva", [](SearchRequest& r) { r.explain = true; }));
  requests.push_back(with("", [&](SearchRequest& r) { r.more_like = article; }));
  requests.push_back(with("\"of the\"", [](SearchRequest& r) { r.exact_total = false; }));
  requests.push_back(with("said", [](SearchRequest& r) { r.filters = {{Facet::country, "FR"}}; }));
  return requests;
}

std::string answer(Engine& engine, const SearchRequest& asked) {
  return render(engine.search(asked), {.format = OutputFormat::json});
}

// What is wrong, said by any thread; the first few of it.
class Complaints {
 public:
  void add(const std::string& what) {
    const std::lock_guard lock(mutex_);
    if (all_.size() < 5) all_.push_back(what);
  }
  std::string text() const { return fmt::format("{}", fmt::join(all_, "\n")); }

 private:
  std::mutex mutex_;
  std::vector<std::string> all_;
};

// Runs `work(number)` on eight threads that begin together; an exception is a complaint.
void on_threads(Complaints& complaints, const std::function<void(unsigned)>& work) {
  std::barrier begin(kThreads);
  std::vector<std::thread> threads;
  for (unsigned number = 0; number < kThreads; ++number) {
    threads.emplace_back([&, number] {
      begin.arrive_and_wait();
      try {
        work(number);
      } catch (const std::exception& error) {
        complaints.add(error.what());
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

// The archive of one edition after the other: all articles have its number in the title, and a day
// of its year.
class Editions {
 public:
  static constexpr unsigned kArticles = 24;

  void publish(int edition, bool rebuild) {
    for (unsigned number = 0; number < kArticles; ++number)
      write_file(place_.archive + fmt::format("/{:02}.txt", number),
                 article_bytes(fmt::format("{}-0{}-01", 2000 + edition, 1 + number % 9),
                               fmt::format("Edition {} of article {}\n\nThis is common text of "
                                           "the city of Geneva.",
                                           edition, number)));
    std::vector<std::string> arguments{"--quiet", "--db", place_.database, place_.archive};
    if (rebuild) arguments.insert(arguments.begin(), "--rebuild");
    const Outcome outcome = run("dateline-index", arguments);
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
  }
  const std::string& database() const { return place_.database; }

 private:
  Workplace place_;
};

std::vector<SearchRequest> requests_of_editions() {
  return {with("\"common text\"",
               [](SearchRequest& r) {
                 r.limit = 5;
                 r.facets = {{Facet::year, std::nullopt}, {Facet::place, std::nullopt}};
               }),
          with("edition", [](SearchRequest& r) { r.sort = SortOrder::newest; }),
          with("common article",
               [](SearchRequest& r) {
                 r.match = MatchMode::any;
                 r.timeline = DateUnit::month;
               }),
          request("place:Geneva artic*")};
}

}  // namespace

TEST_CASE("8 threads that search one snapshot each get every answer that one thread gets") {
  const Workplace place;
  const auto archive = source_folder() / "data/sample";
  const Outcome made = run("dateline-index", {"--quiet", "--db", place.database, archive.string()});
  INFO(made.err);
  REQUIRE(made.status == 0);
  Searcher alone(place.database);
  const std::string article = alone.search(request("minister")).hits.front().path;
  const auto requests = every_kind_of_request(article);
  std::vector<std::string> expected;
  for (const auto& asked : requests) expected.push_back(answer(alone, asked));
  Searcher shared(place.database);
  Complaints complaints;
  std::atomic<std::size_t> answers = 0;
  on_threads(complaints, [&](unsigned number) {
    std::vector<std::size_t> order(requests.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), std::mt19937(number));
    for (const std::size_t i : order) {
      if (answer(shared, requests[i]) != expected[i])
        complaints.add(fmt::format("another answer to \"{}\"", requests[i].query));
      ++answers;
    }
    std::size_t pages = 0;
    shared.search_all(request("the"), [&](ResultSet& page) { pages += page.hits.size(); });
    if (pages < 10) complaints.add("not every hit");
    if (!shared.show(article)) complaints.add("no such article");
  });
  CHECK(complaints.text() == "");
  CHECK(answers == kThreads * requests.size());
}

TEST_CASE("8 threads beside a writer that commits get, each time, the answer of one revision") {
  constexpr int kEditions = 6;
  Editions editions;
  const auto requests = requests_of_editions();
  std::vector<std::set<std::string>> expected(requests.size());
  const auto ask_alone = [&] {
    Searcher alone(editions.database());
    for (std::size_t i = 0; i < requests.size(); ++i)
      expected[i].insert(answer(alone, requests[i]));
  };
  editions.publish(1, false);
  ask_alone();
  Searcher shared(editions.database());
  std::atomic<bool> done = false;
  std::vector<std::set<std::string>> given(requests.size());
  std::mutex mutex;  // guards `given`
  Complaints complaints;
  std::thread searches([&] {
    on_threads(complaints, [&](unsigned number) {
      std::map<std::size_t, std::set<std::string>> mine;
      for (bool last = false; !last;) {
        last = done;  // one round more, of the last edition
        for (std::size_t i = 0; i < requests.size(); ++i) {
          const std::size_t which = (i + number) % requests.size();
          mine[which].insert(answer(shared, requests[which]));
        }
      }
      const std::lock_guard lock(mutex);
      for (auto& [which, answers] : mine) given[which].merge(answers);
    });
  });
  for (int edition = 2; edition <= kEditions; ++edition) {
    editions.publish(edition, edition % 3 == 0);
    ask_alone();
  }
  done = true;
  searches.join();
  CHECK(complaints.text() == "");
  for (std::size_t i = 0; i < requests.size(); ++i) {
    INFO(requests[i].query);
    CHECK(expected[i].size() == kEditions);
    CHECK(given[i].size() > 1);
    std::string other;
    std::ranges::for_each(given[i], [&](const std::string& one) {
      if (!expected[i].contains(one)) other = one;
    });
    CHECK(other == "");
  }
}
