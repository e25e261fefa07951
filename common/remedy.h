// What can be done about an error: a value, so that a library names no option of a command line.
// `common/cli/hint` words it for someone at a shell; another caller words it for its own readers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dateline {

enum class RemedyKind : std::uint8_t {
  // The index.
  rebuild,
  rebuild_alike,             // so that all articles are read by the same rules
  make_anew,                 // by a search, which cannot rebuild itself
  check,                     // look for damage
  check_or_rebuild,          // as a search says it
  check_rebuild_or_restore,  // or restore a backup
  adopt,                     // go on with the newest whole generation
  adopt_beside_lost_stub,    // the same; `name` is a generation that is there
  distrust,                  // what is no stub of ours: only in one's own database, adopt
  // Which folder is meant.
  name_database,
  name_or_make_database,
  read_as_another_user,  // or name another database
  own_database_folder,
  empty_database_folder,
  backup_elsewhere,
  empty_backup_folder,
  // The run.
  wait,                 // for the run that holds the lock
  forget_folder,        // of an archive that is gone for good
  allow_removals,       // of `number` articles, in the run `refused`
  allow_alias_changes,  // `number` of them
};

// What a run was asked to do, so that it can be asked again. Paths as they were given.
struct RefusedRun {
  std::string database = {};  // "": nothing is known of the run
  bool rebuild = false;
  std::vector<std::string> forget = {};
  std::vector<std::string> folders = {};
  bool operator==(const RefusedRun&) const = default;
};

struct Remedy {
  RemedyKind kind;
  std::uint64_t number = 0;
  std::string name = {};
  RefusedRun refused = {};
  bool operator==(const Remedy&) const = default;
};

}  // namespace dateline
