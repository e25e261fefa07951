#include "indexer/maintenance.h"

#include <fmt/format.h>
#include <xapian.h>

#include "common/error.h"
#include "indexer/generation.h"
#include "indexer/indexed_state.h"
#include "indexer/run_lock.h"
#include "indexer/xapian_error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 3;                                  // of copying beside a writer that commits meanwhile
constexpr std::chrono::hours kPatience{24};                // then its run is waited for

std::string require_generation(const fs::path& database) {
  const auto generation = current_generation(database);
  if (!generation) throw Error(fmt::format("{}: no index there", database.string()), "name the database with --db");
  return *generation;
}

// Complete or not there: what a full disk left would keep it full.
void write_compacted(const fs::path& database, const fs::path& generation) try {
  const Xapian::Database source = open_index(database);
  require_schema(source, database);
  fs::remove_all(generation);
  // compact() is declared non-const in Xapian 1.4 only for its options.
  Xapian::Database(source).compact(generation.string(), Xapian::Compactor::FULL | Xapian::DBCOMPACT_NO_RENUMBER);
} catch (...) {
  std::error_code ignored;
  fs::remove_all(generation, ignored);
  throw;
}

}  // namespace

void compact_index(const fs::path& database, std::chrono::duration<double> wait) {
  require_generation(database);
  const RunLock lock(database, {wait});
  remove_other_generations(database, {require_generation(database)});
  const std::string next = next_generation(database);
  translating_xapian_errors(database, [&] { write_compacted(database, database / next); });
  publish_generation(database, next);
  remove_other_generations(database, {next});
}

void backup_index(const fs::path& database, const fs::path& target) {
  require_generation(database);
  if (fs::exists(target) && (!fs::is_directory(target) || !fs::is_empty(target))) {
    throw Error(fmt::format("{}: is there and not empty", target.string()), "name an empty or new folder with --backup");
  }
  fs::create_directories(target);
  const std::string generation = next_generation(target);
  for (int attempt = 1;; ++attempt) {
    try {
      write_compacted(database, target / generation);
      break;
    } catch (const Xapian::DatabaseModifiedError&) {
      if (attempt < kTries) continue;
    } catch (const Xapian::Error& error) {
      throw_translated(database, error);
    }
    const RunLock lock(database, {kPatience});
    translating_xapian_errors(database, [&] { write_compacted(database, target / generation); });
    break;
  }
  publish_generation(target, generation);
}

}  // namespace dateline
