// What history, lock and figures say together.
#include "indexer/care/health.h"

#include <catch2/catch.hpp>

using namespace dateline;

namespace {

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds(1'795'831'200)};  // 2026-11-28 02:00
constexpr std::chrono::hours kHour{1};
constexpr std::chrono::hours kDay{24};

RunEntry run_at(std::chrono::sys_seconds ended, int status = 0, std::uint64_t added = 1) {
  RunEntry run{.started = ended, .ended = ended, .status = status};
  run.added = added;
  if (status <= 1) run.documents = 100;
  return run;
}

IndexFacts facts(std::uint64_t articles = 100, const std::string& newest = "2026-11-27") {
  return {.articles = articles, .newest = newest};
}

std::vector<std::string> codes(const std::vector<RunEntry>& runs, const LockState& lock = {},
                               const IndexFacts& found = facts()) {
  std::vector<std::string> all;
  for (const auto& problem : judge(runs, lock, found, {}, kNow)) all.emplace_back(problem.code);
  return all;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a good run of this night is health") { CHECK(codes({run_at(kNow - kHour)}).empty()); }

TEST_CASE("a last good run that is too old is critical, whatever came after it") {
  CHECK(codes({run_at(kNow - 27 * kHour)}) == Codes{"no_good_run"});
  CHECK(codes({run_at(kNow - 27 * kHour), run_at(kNow - kHour, 75)}) ==
        Codes{"no_good_run", "locked_out"});
  CHECK(codes({run_at(kNow - kHour, 3)}) == Codes{"no_good_run", "run_failed"});
  CHECK(codes({}) == Codes{"no_history"});
}

TEST_CASE("how the last run ended is told after the last good one") {
  const auto after_good = [](int status) {
    return codes({run_at(kNow - 2 * kHour), run_at(kNow - kHour, status)});
  };
  CHECK(after_good(3) == Codes{"run_failed"});
  CHECK(after_good(143) == Codes{"run_failed"});
  CHECK(after_good(4) == Codes{"time_limit"});
  CHECK(after_good(75) == Codes{"locked_out"});
  CHECK(after_good(74) == Codes{"run_failed"});
  CHECK(after_good(1) == Codes{"run_incomplete"});
  CHECK(codes({run_at(kNow - kHour, 3), run_at(kNow)}).empty());  // mended since
  const auto worst =
      judge({run_at(kNow - 2 * kHour), run_at(kNow - kHour, 3)}, {}, facts(), {}, kNow);
  CHECK(worst.front().status == HealthStatus::critical);
  const auto late =
      judge({run_at(kNow - 2 * kHour), run_at(kNow - kHour, 74)}, {}, facts(), {}, kNow);
  CHECK(late.front().status == HealthStatus::warning);
}

TEST_CASE("a lock that nobody holds, of a run that left no line, is a run that died") {
  RunEntry good = run_at(kNow - kHour);
  good.pid = 7;
  CHECK(codes({good}, {.pid = 7, .since = kNow - 2 * kHour}).empty());
  CHECK(codes({good}, {.pid = 8, .since = kNow - 2 * kHour}) == Codes{"run_died"});
  CHECK(codes({good}, {.pid = 7, .since = kNow}) ==
        Codes{"run_died"});  // the number was used again
  CHECK(codes({}, {.pid = 7, .since = kNow}) == Codes{"no_history", "run_died"});
  CHECK(codes({}, {.pid = 7, .since = kNow, .ended = true}) ==
        Codes{"no_history"});  // the history was lost, the run was well
  CHECK(codes({good}, {.pid = 8, .since = kNow, .ended = true}) ==
        Codes{"no_history"});  // or could not be written
  CHECK(codes({}, {.pid = 7, .since = kNow},
              {.articles = 100, .newest = "2026-11-27", .other_schema = true}) ==
        Codes{"no_history", "other_schema"});
  CHECK(codes({good}, {.held = true, .pid = 8, .since = kNow}).empty());
}

TEST_CASE("a feed that stopped is one that used to bring something") {
  const RunEntry first = run_at(kNow - 9 * kDay);
  const RunEntry grown = run_at(kNow - 5 * kDay);
  const RunEntry nothing = run_at(kNow - kHour, 0, 0);
  CHECK(codes({first, grown, nothing}, {}, facts(100, "2026-11-20")) == Codes{"feed_stopped"});
  CHECK(codes({first, grown, nothing}, {}, facts(100, "2026-11-26")).empty());
  CHECK(
      codes({first, nothing}, {}, facts(100, "2023-03-03")).empty());  // an archive that never grew
  CHECK(codes({nothing}, {}, facts(100, "2026-11-20")) ==
        Codes{"feed_stopped"});  // of these days by its articles
  CHECK(codes({first, grown, run_at(kNow - kDay), nothing}, {}, facts(100, "2023-03-03")).empty());
}

TEST_CASE(
    "an index that shrank, files that newly failed, folders offline and failed copies are named") {
  RunEntry large = run_at(kNow - 2 * kDay);
  large.documents = 1000;
  CHECK(codes({large, run_at(kNow)}, {}, facts(899)) == Codes{"shrunken"});
  CHECK(codes({large, run_at(kNow)}, {}, facts(900)).empty());
  CHECK(judge({large, run_at(kNow)}, {}, facts(499), {}, kNow).front().status ==
        HealthStatus::critical);

  RunEntry failing = run_at(kNow - 3 * kHour, 1);
  failing.new_failures = 3;
  const auto failures = judge({failing, run_at(kNow)}, {}, facts(), {}, kNow);
  REQUIRE(failures.size() == 1);
  CHECK(failures.front().text == "3 files newly failed");
  CHECK(codes({failing, run_at(kNow + 27 * kHour)}).size() == 2);  // and the clock

  RunEntry offline = run_at(kNow, 1);
  offline.offline = {"/a", "/b", "/c", "/d", "/e"};
  CHECK(judge({offline}, {}, facts(), {}, kNow).front().text == "offline: /a, /b, /c and 2 more");

  RunEntry backup = run_at(kNow - kHour, 3);
  backup.action = "backup";
  CHECK(codes({run_at(kNow - 2 * kHour), backup}) == Codes{"maintenance_failed"});
  CHECK(codes({run_at(kNow)}, {},
              {.articles = 100, .newest = "2026-11-27", .mixed = true, .other_schema = true}) ==
        Codes{"mixed_rules", "other_schema"});
}

TEST_CASE("a clock that was set back is said, and hides no age") {
  CHECK(codes({run_at(kNow + 400 * kDay)}) == Codes{"clock"});
}

TEST_CASE(
    "the line begins with the worst, holds no figure mark and no escape, and ends with figures") {
  Health health;
  health.facts = facts(81'220);
  health.runs = {run_at(kNow)};
  CHECK(to_text(health) ==
        "OK: 81,220 articles, last good run 2026-11-28 02:00, newest article 2026-11-27");
  health.problems = {{HealthStatus::critical, "run_failed", "a|b\x1b[31m\n"},
                     {HealthStatus::warning, "offline", "c"}};
  const std::string text = to_text(health);
  CHECK(text.find_first_of("|\x1b\n") == std::string::npos);
  CHECK_THAT(text, Catch::StartsWith("CRITICAL: a b") &&
                       Catch::Contains("; WARNING: c; 81,220 articles, "));
  CHECK(exit_status(status_of(health)) == 2);
}

TEST_CASE("metrics have help and type once a family, escaped labels and no sample twice") {
  Health health;
  health.facts = facts();
  health.problems = {{HealthStatus::warning, "offline", "a"},
                     {HealthStatus::warning, "offline", "b"}};
  const std::string text = to_metrics(health, "/a\"b\\c\nd");
  CHECK_THAT(text, Catch::Contains("dateline_up{database=\"/a\\\"b\\\\c\\nd\"} 1\n"));
  CHECK_THAT(text, Catch::EndsWith("\n"));
  CHECK(text.find("problem=\"offline\"") == text.rfind("problem=\"offline\""));
  std::vector<std::string> families;
  for (auto at = text.find("# TYPE "); at != std::string::npos; at = text.find("# TYPE ", at + 1))
    families.push_back(text.substr(at, text.find('\n', at) - at));
  auto sorted = families;
  std::sort(sorted.begin(), sorted.end());
  CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
}
