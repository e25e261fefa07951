#include "indexer/care/audit.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

using namespace dateline;
using std::chrono::days;

namespace {

Day day(int year, int month, int day) { return make_day(year, month, day).value(); }

// One article a day from 1 March 2023, "/a/000.txt" on.
std::vector<DatedArticle> daily(int count) {
  std::vector<DatedArticle> articles;
  for (int i = 0; i < count; ++i)
    articles.push_back({fmt::format("/a/{:03}.txt", i), day(2023, 3, 1) + days{i}});
  return articles;
}

const Day kToday = day(2023, 6, 1);

}  // namespace

TEST_CASE("days without an article are named in stretches") {
  auto articles = daily(31);
  articles.erase(articles.begin() + 20);
  articles.erase(articles.begin() + 4, articles.begin() + 7);
  const Audit found = audit(articles, {}, {}, kToday);
  CHECK(found.range == DayRange{day(2023, 3, 1), day(2023, 3, 31)});
  CHECK(found.articles == 27);
  CHECK(found.days == 27);
  CHECK(found.empty == std::vector<DayRange>{{day(2023, 3, 5), day(2023, 3, 7)},
                                             {day(2023, 3, 21), day(2023, 3, 21)}});
}

TEST_CASE("a range is looked at as asked, also where nothing is indexed") {
  const auto april = parse_date_query("2023-03-30..2023-04-02", kToday);
  CHECK(audit(daily(31), {}, april, kToday).empty ==
        std::vector<DayRange>{{day(2023, 4, 1), day(2023, 4, 2)}});
  CHECK(audit({}, {}, april, kToday).empty ==
        std::vector<DayRange>{{day(2023, 3, 30), day(2023, 4, 2)}});
  CHECK_FALSE(audit({}, {}, {}, kToday).range);
  const Audit open = audit(daily(31), {}, parse_date_query("2023-03-30..", kToday), kToday);
  CHECK(open.range == DayRange{day(2023, 3, 30), day(2023, 3, 31)});
  CHECK(open.articles == 2);
}

TEST_CASE(
    "an article dated after tomorrow, and one far from its neighbours, are doubted and do not "
    "stretch the range") {
  auto articles = daily(31);
  articles[3].date = day(2032, 3, 4);
  articles[12].date = day(1923, 3, 13);
  articles[15].date = kToday + days{1};
  const Audit found = audit(articles, {}, {}, kToday);
  CHECK(found.future == std::vector<DoubtfulArticle>{{articles[3], day(2023, 3, 6)}});
  REQUIRE(found.far.size() == 1);
  CHECK(found.far[0].article == articles[12]);
  CHECK(found.range == DayRange{day(2023, 3, 1), kToday + days{1}});
}

TEST_CASE("with a range only doubts that touch it are named") {
  auto articles = daily(90);
  articles[3].date = day(1999, 1, 1);
  articles[70].date = day(1998, 1, 1);
  const auto far = [&](const char* range) {
    std::vector<std::string> paths;
    for (const auto& found : audit(articles, {}, parse_date_query(range, kToday), kToday).far)
      paths.push_back(found.article.path);
    return paths;
  };
  CHECK(far("2023-03") == std::vector<std::string>{"/a/003.txt"});
  CHECK(far("1998") == std::vector<std::string>{"/a/070.txt"});
}

TEST_CASE("where files do not lie in the order of their dates no date is far") {
  std::vector<DatedArticle> articles;
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i)
    articles.push_back({fmt::format("/a/{:03}.txt", i),
                        day(2000, 1, 1) + days{static_cast<int>(random() % 8000)}});
  CHECK(audit(articles, {}, {}, kToday).far.empty());
}

TEST_CASE("an audit as text names each finding in a line") {
  auto articles = daily(12);
  articles.erase(articles.begin() + 4, articles.begin() + 6);
  articles[9].date = day(2022, 3, 12);
  CHECK(to_text(audit(articles, {{"/a/bad.txt", 3, 5, "no-date"}}, {}, kToday)) ==
        "2023-03-01 to 2023-03-11: 9 articles on 9 of 11 days\n"
        "no article 2023-03-05 to 2023-03-06 (2 days)\n"
        "failed no-date /a/bad.txt\n"
        "far 2022-03-12 /a/011.txt (beside articles of 2023-03-09)\n");
}
