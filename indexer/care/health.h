// Is all well with this index and its nights? One line and a status for monitors, as plugins of
// Nagios give them.
//
//   OK: 81,220 articles, last good run 2026-11-28 03:02, newest article 2026-11-27
//   CRITICAL: no good run since 2026-11-25 03:02; WARNING: 3 files newly failed; 81,220 articles,
//   newest article 2026-11-24
//
// Times are UTC. Nothing is ever written.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/care/quick_check.h"
#include "indexer/database/run_history.h"

namespace dateline {

// The better comes first: the health of all is the worst there is.
enum class HealthStatus : std::uint8_t { fine, warning, unknown, critical };

struct HealthLimits {
  std::chrono::seconds age = std::chrono::hours(26);  // of the last good run
  std::chrono::seconds gap =
      std::chrono::hours(3 * 24);  // without a new article, where there used to be some
};

struct Problem {
  HealthStatus status;
  std::string_view code;  // for machines: "no_good_run"
  std::string text;
};

// What the file `lock` says: who has it, or had it last.
struct LockState {
  bool held = false;
  std::uint64_t pid = 0;  // 0: nobody yet, or it cannot be read
  std::optional<std::chrono::sys_seconds> since = {};
  bool ended = false;  // its holder came to its end
};

struct Health {
  std::optional<IndexFacts> facts = {};
  std::vector<RunEntry> runs = {};
  LockState lock = {};
  std::vector<Problem> problems = {};
};

// A fault of the index is never thrown, it is a Problem; what cannot be looked at is one of status
// unknown.
Health examine(const std::filesystem::path& database, const HealthLimits& limits,
               std::chrono::sys_seconds now);

// The part of it that needs no disk: what the history, the lock and the index's figures say
// together.
std::vector<Problem> judge(const std::vector<RunEntry>& runs, const LockState& lock,
                           const std::optional<IndexFacts>& facts, const HealthLimits& limits,
                           std::chrono::sys_seconds now);

HealthStatus status_of(const Health& health);

// 0 fine, 1 warning, 2 critical, 3 unknown.
int exit_status(HealthStatus status);
constexpr int kUnknownHealth = 3;

// One line without its end, harmless for a terminal and without '|', which parts text and figures
// in a plugin's line.
std::string to_text(const Health& health);

// The same as metrics in the text format of Prometheus; indexer/README.md lists them.
std::string to_metrics(const Health& health, const std::string& database);

}  // namespace dateline
