#include "indexer/care/maintenance.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ranges>
#include <stdexcept>

#include "common/error.h"
#include "common/real_path.h"
#include "indexer/database/adoption.h"
#include "indexer/database/folder_rights.h"
#include "indexer/database/generation.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/run_history.h"
#include "indexer/database/run_lock.h"
#include "indexer/database/verification.h"
#include "indexer/database/xapian_error.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 3;                    // of copying beside a writer that commits meanwhile
constexpr std::chrono::hours kPatience{24};  // then its run is waited for

std::string require_generation(const fs::path& database) {
  const auto generation = current_generation(database);
  if (!generation) {
    throw Error(fmt::format("{}: no index there", database.string()),
                remedy_without_stub(database, RemedyKind::name_database));
  }
  return *generation;
}

// Writes what the source holds into the empty generation and makes sure of it.
void write_compacted(const Xapian::Database& source, const fs::path& database,
                     const std::string& generation) {
  // compact() is declared non-const in Xapian 1.4 only for its options.
  try {
    Xapian::Database(source).compact((database / generation).string(),
                                     Xapian::Compactor::FULL | Xapian::DBCOMPACT_NO_RENUMBER);
  } catch (const std::logic_error&) {  // of strings, whose lengths stand in the tables
    throw Xapian::DatabaseCorruptError("a table holds an entry of impossible length");
  }
  verify_copy(source, database / generation);
}

// The same for the index in `from` of this moment. When a writer is faster: again, and at last
// while it waits.
void copy_index(const fs::path& from, const fs::path& to, const std::string& generation) {
  const auto copy = [&] {
    const Xapian::Database source = open_index(from);
    require_schema(source, from);
    write_compacted(source, to, generation);
  };
  for (int attempt = 1; attempt <= kTries; ++attempt) {
    try {
      return copy();
    } catch (const Xapian::DatabaseModifiedError&) {
    } catch (const Xapian::DatabaseOpeningError& error) {  // the generation was swapped
      if (attempt == kTries) throw_translated(from, error);
    } catch (const Xapian::Error& error) {
      throw_translated(from, error);
    }
  }
  const RunLock lock(from, {kPatience});
  translating_xapian_errors(from, copy);
}

// Is `path`, or the nearest folder above it that is there, inside the database, by whatever name?
bool is_inside(const fs::path& path, const fs::path& database) {
  struct stat home {};
  if (stat(database.c_str(), &home) != 0) return false;
  for (fs::path at = real_path(path);; at = at.parent_path()) {
    struct stat status {};
    if (stat(at.c_str(), &status) == 0 && status.st_dev == home.st_dev &&
        status.st_ino == home.st_ino) {
      return true;
    }
    if (!at.has_relative_path()) return false;
  }
}

constexpr const char* kFirstGeneration = "gen-000001";

// Is this what a backup leaves that was killed? Its generation is marked until it can be read, or
// has nothing in it yet, or was removed again.
bool is_unfinished_backup(const fs::path& target) {
  if (current_generation(target)) return false;
  const fs::path generation = target / kFirstGeneration;
  for (const auto& item : fs::directory_iterator(target)) {
    const fs::path name = item.path().filename();
    const bool known = name == kNewStubName || name == kHistoryName ||
                       (name == kLockName && is_lock_of_run(item.path()));
    if (!known && item.path() != generation) return false;
  }
  struct stat status {};
  if (lstat(generation.c_str(), &status) != 0) return errno == ENOENT;
  if (!S_ISDIR(status.st_mode)) return false;
  return lstat((generation / kUnfinishedFile).c_str(), &status) == 0 || fs::is_empty(generation);
}

void require_room_for_backup(const fs::path& database, const fs::path& target) {
  if (is_inside(target, database)) {
    throw Error(fmt::format("{}: is inside the database itself", target.string()),
                Remedy{RemedyKind::backup_elsewhere});
  }
  if (!fs::exists(target)) return;
  if (fs::is_directory(target) && (fs::is_empty(target) || is_unfinished_backup(target))) return;
  throw Error(fmt::format("{}: is there and not empty", target.string()),
              Remedy{RemedyKind::empty_backup_folder});
}

// Nobody else writes a backup into the folder while this lives.
class TargetLock {
 public:
  explicit TargetLock(const fs::path& target)
      : number_(open(target.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (number_ >= 0 && flock(number_, LOCK_EX | LOCK_NB) == 0) return;
    const int error = errno;
    if (number_ >= 0) close(number_);
    if (error == EWOULDBLOCK) {
      throw LockedError(fmt::format("{}: another backup is being written there", target.string()));
    }
    throw Error(fmt::format("{}: cannot be locked: {}", target.string(), std::strerror(error)));
  }
  TargetLock(const TargetLock&) = delete;
  TargetLock& operator=(const TargetLock&) = delete;
  ~TargetLock() { close(number_); }

 private:
  int number_;
};

void mark_unfinished(const fs::path& generation) {
  const fs::path file = generation / kUnfinishedFile;
  const int descriptor =
      open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    throw Error(fmt::format("{}: cannot be made: {}", file.string(), std::strerror(errno)));
  }
  close(descriptor);
}

void write_backup(const fs::path& database, const fs::path& target) {
  const FolderRights rights(target);
  const FolderModes modes(rights);
  const TargetLock lock(target);
  struct stat left {};
  if (lstat((target / kFirstGeneration).c_str(), &left) == 0) {
    if (const std::string why = remove_generation(target, kFirstGeneration); !why.empty()) {
      throw Error(why, Remedy{RemedyKind::empty_backup_folder});
    }
  }
  const std::string generation = make_generation(target);
  const fs::path mark = target / generation / kUnfinishedFile;
  try {
    mark_unfinished(target / generation);
    sync_folder(target / generation);  // the mark is on the disk before what it marks
    copy_index(database, target, generation);
    rights.give(target / generation);
    sync_generation(target, generation);
    publish_generation(target, generation);
  } catch (...) {
    remove_generation(target, generation);
    throw;
  }
  unlink(mark.c_str());  // the stub says it, too; once published nothing may fail
}

}  // namespace

std::vector<std::string> compact_index(const fs::path& database,
                                       std::chrono::duration<double> wait) {
  require_generation(database);
  const FolderRights rights(database);
  const FolderModes modes(rights);
  const RunLock lock(database, {wait});
  rights.give(database / kLockName);
  const std::string current = require_generation(database);
  // The current one may turn out to be damaged, and another the only good copy.
  auto kept = finished_generations(database);
  kept.push_back(current);
  auto warnings = remove_other_generations(database, kept);
  const std::string next = make_generation(database);
  try {
    translating_xapian_errors(database, [&] {
      const Xapian::Database source = open_index(database);
      require_schema(source, database);
      write_compacted(source, database, next);
    });
    rights.give(database / next);
    sync_generation(database, next);
    publish_generation(database, next);
  } catch (...) {
    remove_generation(database, next);
    throw;
  }
  // What could not be removed is tried again by the next run.
  for (auto& why : remove_other_generations(database, {next})) warnings.push_back(std::move(why));
  return warnings;
}

void backup_index(const fs::path& database, const fs::path& target) {
  require_generation(database);
  require_room_for_backup(database, target);
  const auto made = make_folders(target);
  try {
    write_backup(database, target);
  } catch (...) {
    for (const auto& folder : made | std::views::reverse) rmdir(folder.c_str());
    throw;
  }
}

}  // namespace dateline
