#include "indexer/run/index_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

#include "common/store/schema.h"
#include "indexer/database/adoption.h"
#include "indexer/database/generation.h"
#include "indexer/database/index_version.h"
#include "indexer/database/indexed_state.h"
#include "indexer/database/xapian_error.h"
#include "indexer/run/failure_comparison.h"
#include "indexer/run/first_look.h"
#include "indexer/run/plan_application.h"
#include "indexer/run/rebuild_plan.h"
#include "indexer/run/run_plan.h"
#include "indexer/write/writer.h"

namespace dateline {
namespace {

class Stopwatch {
 public:
  Seconds lap() {
    return std::chrono::steady_clock::now() -
           std::exchange(begin_, std::chrono::steady_clock::now());
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// An alias file that lost most of its lines is refused, the night goes on with the old aliases.
void change_aliases(const RunRequest& request, Writer& writer, RunReport& report) {
  if (!request.aliases) return;
  const UserAliases before = writer.user_aliases();
  report.alias_changes = alias_changes(before, *request.aliases);
  if (!are_too_many(report.alias_changes, before.size(), request.most_alias_changes)) {
    return writer.set_user_aliases(*request.aliases);
  }
  report.aliases_refused = fmt::format(
      "{} of {} aliases would change ({} added, {} removed, {} changed); the old ones stay",
      report.alias_changes.all(), before.size(), report.alias_changes.added,
      report.alias_changes.removed, report.alias_changes.changed);
  if (request.folders.empty() && request.forget.empty() && !request.exclude) {
    throw Error(report.aliases_refused, Remedy{.kind = RemedyKind::allow_alias_changes,
                                               .number = report.alias_changes.all()});
  }
}

// What the parts of a run share.
struct Run {
  const RunRequest& request;
  const Extractor& extractor;
  Archive& archive;  // of one scan; planning adds what it finds elsewhere
  const RunLock& lock;
  const IndexVersion version;  // what this program writes
  const OpenWriter& open_writer;
};

// The work is done: what cannot be looked at now costs the figure and no more.
void measure(const Writer& writer, const RunRequest& request, RunReport& report) try {
  report.newest_article = writer.newest_article(today_of(request) + std::chrono::days{1});
  report.index_bytes = writer.bytes();
} catch (const std::exception& error) {
  report.warnings.push_back(fmt::format("the size of the index is not known: {}", error.what()));
}

// What is left to do when the articles are written: names, settings, the last commit and, when
// `finished`, the swap of a rebuild.
void conclude(const Run& run, bool finished, Writer& writer, RunReport& report) {
  report.new_speakers = writer.new_names(Facet::speaker);
  report.new_places = writer.new_names(Facet::place);
  writer.set_country_names(run.extractor.country_names());
  change_aliases(run.request, writer, report);
  writer.set_failed_files(report.failing);
  report.documents = writer.document_count();
  if (finished) {
    writer.finish();
  } else {
    writer.commit();
  }
  measure(writer, run.request, report);
  const auto warnings = writer.warnings();
  report.warnings.insert(report.warnings.end(), warnings.begin(), warnings.end());
}

// Brings the index that readers see up to date, in place. `other`: it was made by other rules or
// with other tables.
void update(const Run& run, bool other, RunReport& report) {
  const auto opened =
      run.open_writer(run.request.database, run.lock, run.version, Writer::Target::current);
  Writer& writer = *opened;
  try {
    Stopwatch stage;
    const IndexSettings settings = settings_after(run.request, writer.settings(), report);
    const auto known = writer.failed_files();
    report.documents_before = writer.document_count();
    const UpdatePlan plan =
        plan_for(run.request, writer.indexed(), known, settings, run.archive, report);
    report.planning = stage.lap();
    writer.set_settings(settings);  // with the first commit: what is taken out stays out
    if (other && !plan.read.empty()) writer.mark_mixed();
    remove_articles(plan.remove, run.request, writer);
    tell_removed(plan.remove, run.request, report);
    write_articles(plan.read, run.request, {run.archive, run.extractor, settings}, writer, report);
    report.writing = stage.lap();
    compare_failures(plan, run.archive, known, plan.read, today_of(run.request), report);
    conclude(run, true, writer, report);
    report.committing = stage.lap();
  } catch (...) {
    writer.abandon();
    throw;
  }
}

// The index that readers see, as a rebuild finds it.
struct OldIndex {
  IndexedState state;
  std::string unreadable;  // why nothing of it can be carried over, "" when it can
};

OldIndex read_old(const std::filesystem::path& database) try {
  std::string ended = end_of_reading_state(database);
  if (!ended.empty()) return {.state = {}, .unreadable = std::move(ended)};
  return {.state = read_indexed_state(database), .unreadable = ""};
} catch (const UnreadableError&) {
  throw;  // it may be read tomorrow
} catch (const Error& error) {
  return {.state = {}, .unreadable = error.what()};
}

// Of a rebuild that was stopped: readers see the old index still, and nothing is removed from it.
void tell_of_old(const std::filesystem::path& database, const std::string& generation,
                 RunReport& report) try {
  report.documents = report.documents_before;
  report.newest_article.clear();
  report.removed = report.no_articles = report.excluded = report.forgotten = 0;
  report.removed_paths.clear();
  report.index_bytes = generation_bytes(database, generation);
} catch (const Error& error) {
  report.index_bytes = 0;
  report.warnings.push_back(fmt::format("the size of the index is not known: {}", error.what()));
}

// Writes all of it anew beside it, and swaps. A stopped one goes on in the next run.
void rebuild(const Run& run, RunReport& report) {
  Stopwatch stage;
  const std::string generation = current_generation(run.request.database).value_or("");
  generation_folder(run.request.database,
                    generation);  // damage is survived, a link in its place refused
  const OldIndex old = read_old(run.request.database);
  RunRequest request = run.request;
  request.retry_failed = true;  // every file is read
  const IndexSettings settings = settings_after(request, old.state.settings, report);
  const UpdatePlan plan =
      plan_for(request, old.state.entries, old.state.failed, settings, run.archive, report);
  report.unchanged = 0;
  const auto opened =
      run.open_writer(run.request.database, run.lock, run.version, Writer::Target::beside);
  Writer& writer = *opened;
  try {
    const RebuildPlan todo = plan_rebuild(run.archive, old.state.entries, writer.indexed(), plan);
    report.planning = stage.lap();
    report.documents_before = old.state.entries.size();
    tell_removed(plan.remove, run.request, report);
    writer.set_settings(settings);
    remove_articles(todo.remove, run.request, writer);
    const ArticleSources sources{run.archive, run.extractor, settings,
                                 run.request.database / generation};
    write_articles(todo.write, run.request, sources, writer, report);
    report.writing = stage.lap();
    report.rebuild = report.stopped ? Rebuild::unfinished : Rebuild::done;
    if (!old.unreadable.empty()) report.lost.push_back(old.unreadable);
    if (!report.lost.empty()) writer.set_aside_old();
    compare_failures(plan, run.archive, old.state.failed, todo.write, today_of(request), report);
    conclude(run, !report.stopped, writer, report);
    report.set_aside = writer.set_aside();
    if (report.stopped) tell_of_old(run.request.database, generation, report);
    report.committing = stage.lap();
  } catch (...) {
    writer.abandon();
    throw;
  }
}

// Room for a second index of the same size?
bool has_room(const std::filesystem::path& database, std::uint64_t bytes) {
  std::error_code failure;
  const auto space = std::filesystem::space(database, failure);
  return failure || space.available > bytes;
}

// Files that the update could read and the rebuild could not.
void take_failures(RunReport&& second, RunReport& report) {
  const std::size_t known = report.failures.size();
  for (auto& failure : second.failures) {
    const auto end = report.failures.begin() + static_cast<std::ptrdiff_t>(known);
    const auto is_it = [&](const FileFailure& one) { return one.path == failure.path; };
    if (std::none_of(report.failures.begin(), end, is_it)) {
      report.failures.push_back(std::move(failure));
    }
  }
  std::ranges::sort(report.failures, {}, &FileFailure::path);
  report.failing = std::move(second.failing);
  report.failed_before = std::move(second.failed_before);  // none: a rebuild looks at all
}

// The second half of a night that found older rules or tables: the index was brought up to date as
// it is, and is now written anew beside itself. Whatever hinders that costs the night nothing.
void upgrade(const Run& run, RunReport& report) {
  if (report.stopped) {
    report.rebuild = Rebuild::unfinished;
    return;
  }
  if (!has_room(run.request.database, report.index_bytes)) {
    report.rebuild = Rebuild::no_room;
    report.warnings.emplace_back(
        "no room for a second index: it goes on with older rules or tables");
    return;
  }
  RunRequest quiet = run.request;
  quiet.listener = {};
  quiet.verify_files = false;
  quiet.removal_limit = {.most = std::numeric_limits<std::uint64_t>::max()};  // update() has asked
  RunReport second;
  try {
    rebuild({quiet, run.extractor, run.archive, run.lock, run.version, run.open_writer}, second);
  } catch (const StoppedError&) {
    report.stopped = true;
    report.rebuild = Rebuild::unfinished;
    return;
  } catch (const std::exception& error) {
    report.rebuild = Rebuild::failed;
    report.warnings.push_back(fmt::format(
        "the index goes on with older rules or tables: its rebuild failed: {}", error.what()));
    return;
  }
  report.rebuild = second.rebuild;
  report.stopped = second.stopped;
  report.lost = std::move(second.lost);
  report.set_aside = std::move(second.set_aside);
  report.writing += second.writing;
  report.committing += second.committing;
  report.warnings.insert(report.warnings.end(), second.warnings.begin(), second.warnings.end());
  if (second.rebuild != Rebuild::done) return;
  report.documents = second.documents;
  report.index_bytes = second.index_bytes;
  take_failures(std::move(second), report);
}

// What a run has to do, by what it finds.
enum class Way : std::uint8_t { update, rebuild, upgrade };

struct Found {
  Way way = Way::update;
  std::string difference = {};  // from what this program writes, "" for none
};

[[noreturn]] void refuse(const RunRequest& request, const std::string& difference) {
  throw Error(fmt::format("{}: {}; nothing was changed", request.database.string(), difference),
              Remedy{RemedyKind::rebuild_alike});
}

// Absent when it cannot be read, which a rebuild survives.
std::optional<IndexVersion> version_of(const RunRequest& request) try {
  return translating_xapian_errors(request.database,
                                   [&] { return read_version(open_index(request.database)); });
} catch (const Error&) {
  if (!request.rebuild) throw;
  return std::nullopt;
}

Found look(const RunRequest& request, const IndexVersion& own) {
  const auto named = current_generation(request.database);
  if (!named) return {};
  if (!is_there(request.database, *named)) refuse_unpublished_generations(request.database);
  if (!request.rebuild) require_no_damage(request.database, today_of(request));
  const auto found = version_of(request);
  if (found && found->schema > own.schema) {
    throw Error(fmt::format("{}: {}: a newer version of Dateline made it",
                            request.database.string(), difference(*found, own)),
                "install that version");
  }
  if (request.rebuild) return {.way = Way::rebuild};
  if (!found) refuse(request, "its metadata holds no version: it is damaged");
  if (*found == own) {
    return {.way = unfinished_rebuild(request.database, own) ? Way::upgrade : Way::update};
  }
  const std::string differs = difference(*found, own);
  if (!request.upgrade) refuse(request, "was made with " + differs);
  if (found->schema == own.schema) return {.way = Way::upgrade, .difference = differs};
  const bool readable = is_readable_schema(std::to_string(found->schema));
  if (!readable) refuse(request, "was made with " + differs);
  return {.way = Way::rebuild, .difference = differs};
}

}  // namespace

RunReport run_index(const RunRequest& request, const Extractor& extractor,
                    const OpenWriter& open_writer) {
  if (request.folders.empty() && !request.forget.empty() && !current_generation(request.database)) {
    throw Error(fmt::format("{}: no index there", request.database.string()),
                Remedy{RemedyKind::name_database});
  }
  Stopwatch all;
  Stopwatch stage;
  Archive archive = scan_archive(request.folders, request.stop);
  RunReport report;
  report.scanning = stage.lap();
  // No index is made of nothing.
  if (!current_generation(request.database)) offline_folders(archive, {});
  prepare_database_folder(request.database);
  const RunLock lock(request.database, {request.wait, request.stop});
  if (request.started) request.started(lock);
  const Run run{request, extractor, archive, lock, own_version(extractor), open_writer};
  const Found found = look(request, run.version);
  report.upgraded_from = found.difference;
  if (found.way == Way::rebuild) {
    rebuild(run, report);
  } else {
    update(run, !found.difference.empty(), report);
  }
  if (found.way == Way::upgrade) upgrade(run, report);
  report.took = all.lap();
  return report;
}

RunReport plan_run(const RunRequest& request, const Extractor& extractor) {
  Stopwatch all;
  Archive archive = scan_archive(request.folders, request.stop);
  RunReport report;
  const Found found = look(request, own_version(extractor));
  report.upgraded_from = found.difference;
  const IndexedState state = found.way == Way::rebuild ? read_old(request.database).state
                                                       : read_indexed_state(request.database);
  const IndexSettings settings = settings_after(request, state.settings, report);
  const UpdatePlan plan = plan_for(request, state.entries, state.failed, settings, archive, report);
  for (const auto& entry : plan.remove) tell(request, "remove", entry.path);
  report.removed = plan.remove.size();
  for (const auto& planned : plan.read) {
    const bool moved = !planned.moved_from.empty();
    auto& counter = moved ? report.moved : planned.document == 0 ? report.added : report.updated;
    ++counter;
    tell(request, moved ? "move" : planned.document == 0 ? "add" : "check", planned.file.path);
  }
  report.documents = state.entries.size();
  report.took = all.lap();
  return report;
}

}  // namespace dateline
