#include "common/cli/hint.h"

#include <fmt/format.h>

#include "common/cli/shell_word.h"
#include "common/store/stub.h"

namespace dateline {
namespace {

std::string run_again(const RefusedRun& run, const std::string& more) {
  if (run.database.empty()) return "run again with " + more;
  std::string line = fmt::format("dateline-index --db {}{} {}", shell_word(run.database),
                                 run.rebuild ? " --rebuild" : "", more);
  for (const auto& folder : run.forget) line += " --forget " + shell_word(folder);
  for (const auto& folder : run.folders) line += ' ' + shell_word(folder);
  return line;
}

}  // namespace

std::string hint_text(const Remedy& remedy) {
  switch (remedy.kind) {
    case RemedyKind::rebuild:
      return "rebuild the index with --rebuild";
    case RemedyKind::rebuild_alike:
      return "rebuild the index with --rebuild, so that all articles are read alike";
    case RemedyKind::make_anew:
      return "make it anew with dateline-index --rebuild";
    case RemedyKind::check:
      return "look for damage with dateline-index --check";
    case RemedyKind::check_or_rebuild:
      return "look for damage with dateline-index --check, rebuild with --rebuild";
    case RemedyKind::check_rebuild_or_restore:
      return "look for damage with --check, rebuild with --rebuild or restore a backup";
    case RemedyKind::adopt:
      return "dateline-index --db DB --adopt goes on with the newest one that is whole";
    case RemedyKind::adopt_beside_lost_stub:
      return fmt::format(
          "its stub {} is lost, {} is there: dateline-index --db DB --adopt goes on with the "
          "newest whole generation",
          kStubName, remedy.name);
    case RemedyKind::distrust:
      return "do not use a database that you do not trust; in one of your own, dateline-index "
             "--db DB --adopt goes on with the newest whole generation";
    case RemedyKind::name_database:
      return "name the database with --db";
    case RemedyKind::name_or_make_database:
      return "name the database with --db, or make it: dateline-index --db DB FOLDER";
    case RemedyKind::read_as_another_user:
      return "ask as a user who may read it, or name another with --db";
    case RemedyKind::own_database_folder:
      return "name a folder of its own with --db";
    case RemedyKind::empty_database_folder:
      return "name an empty or new folder with --db";
    case RemedyKind::backup_elsewhere:
      return "name a folder elsewhere with --backup";
    case RemedyKind::empty_backup_folder:
      return "name an empty or new folder with --backup";
    case RemedyKind::wait:
      return "let that run end, or wait for it with --wait SECONDS";
    case RemedyKind::forget_folder:
      return "if it is gone for good, name it with --forget";
    case RemedyKind::allow_removals:
      return "if they are really gone: " +
             run_again(remedy.refused, fmt::format("--max-delete {}", remedy.number));
    case RemedyKind::allow_alias_changes:
      return fmt::format("if that is meant, run again with --max-alias-changes {}", remedy.number);
  }
  return "";
}

std::string hint_of(const Error& error) {
  return error.remedy() ? hint_text(*error.remedy()) : error.hint();
}

}  // namespace dateline
