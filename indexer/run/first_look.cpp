#include "indexer/run/first_look.h"

#include <fmt/format.h>

#include <csignal>
#include <optional>

#include "common/child_process.h"
#include "common/error.h"
#include "common/store/stub.h"
#include "indexer/care/quick_check.h"
#include "indexer/database/generation.h"
#include "indexer/database/indexed_state.h"

namespace dateline {
namespace {

constexpr std::uint64_t kLeastSeconds = 10;  // of computing
// Of a database: a hundred times as long as reading its values takes.
constexpr std::uint64_t kBytesASecond = 1'000'000;

template <class Look>
auto looked(Look&& look) -> std::optional<decltype(look())> {
  try {
    return look();
  } catch (const Error&) {  // no child, or no index: whoever reads it says so
    return std::nullopt;
  }
}

int read_state(const std::filesystem::path& database) try {
  read_indexed_state(database);
  return 0;
} catch (const Error&) {
  return 1;  // the run finds the same, and says it
}

}  // namespace

void require_no_damage(const std::filesystem::path& database, Day today) {
  // A rebuild refuses what is no generation, too.
  generation_folder(database, current_generation(database).value_or(""));
  const auto check =
      looked([&] { return quick_check(database, today.time_since_epoch().count()); });
  if (!check || check->damage.empty()) return;
  throw Error(fmt::format("{}: {}: the index is damaged; nothing was changed", database.string(),
                          check->damage.front()),
              Remedy{RemedyKind::check_rebuild_or_restore});
}

std::string end_of_reading_state(const std::filesystem::path& database) {
  const auto outcome = looked([&] {
    const auto bytes = generation_bytes(database, current_generation(database).value_or(""));
    return run_in_child([&](int) { return read_state(database); },
                        kLeastSeconds + bytes / kBytesASecond);
  });
  if (!outcome || outcome->signal == 0 || outcome->signal == SIGKILL) {
    return "";  // killed from outside: no sign of damage
  }
  if (outcome->signal == SIGXCPU) {
    return fmt::format("{}: reading it came to no end", database.string());
  }
  return fmt::format("{}: reading it was ended by signal {}", database.string(), outcome->signal);
}

}  // namespace dateline
