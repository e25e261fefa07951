#include "indexer/index_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

#include "common/partial_date.h"
#include "common/real_path.h"
#include "common/schema.h"
#include "common/shell_word.h"
#include "common/unicode.h"
#include "indexer/article_reader.h"
#include "indexer/document.h"
#include "indexer/elsewhere.h"
#include "indexer/first_look.h"
#include "indexer/generation.h"
#include "indexer/index_version.h"
#include "indexer/index_writer.h"
#include "indexer/indexed_state.h"
#include "indexer/ordered_pipeline.h"
#include "indexer/rate_limit.h"
#include "indexer/rebuild_plan.h"
#include "indexer/stored_article.h"
#include "indexer/xapian_error.h"

namespace dateline {
namespace {

constexpr std::size_t kWindow = 256;          // prepared documents that may wait for the writer

struct SameContent {};                        // touched, not changed
using Outcome = std::variant<PreparedDocument, SameContent, FileFailure>;
struct Prepared {
  Outcome outcome;
  FileState state;
  bool decoded = false;                       // from another encoding than UTF-8
  Day date = {};                              // of publication
  std::optional<FileFailure> failure = {};    // of the file: the document was made of the stored text
};

class Stopwatch {
 public:
  Seconds lap() { return std::chrono::steady_clock::now() - std::exchange(begin_, std::chrono::steady_clock::now()); }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

Day today_of(const RunRequest& request) {
  return request.today.value_or(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

void tell(const RunRequest& request, std::string_view what, const std::string& path) {
  if (request.listener) request.listener(what, path);
}

void name_removed(RunReport& report, const std::string& path) {
  if (report.removed_paths.size() < kRemovedNamed) report.removed_paths.push_back(path);
}

// One thread's way from a planned file to a document. `stored`: the generation whose texts serve for files that cannot be read.
class Preparer {
 public:
  Preparer(const Archive& archive, const Extractor& extractor, RateLimit* rate, const std::optional<DateWindow>& window, std::filesystem::path stored)
      : reader_(archive), extractor_(extractor), rate_(rate), window_(window), generation_(std::move(stored)) {}

  Prepared prepare(const PlannedFile& planned) {
    if (!planned.on_disk) return prepare_stored(planned);
    Prepared prepared = prepare_file(planned);
    auto* failure = std::get_if<FileFailure>(&prepared.outcome);
    if (failure == nullptr || failure->reason != BadArticle::unreadable || planned.stored == 0) return prepared;
    Prepared kept = prepare_stored(planned);
    if (!std::holds_alternative<FileFailure>(kept.outcome)) kept.failure = std::move(*failure);
    return kept;
  }

 private:
  Prepared prepare_file(const PlannedFile& planned) {
    if (rate_ != nullptr) rate_->take(planned.file.size);
    try {
      std::string bytes = reader_.read(planned.file.path);
      const FileState state{planned.file.size, planned.file.modified, stable_hash(bytes), planned.file.changed, planned.file.inode};
      if (planned.document != 0 && planned.moved_from.empty() && state.hash == planned.hash) return {SameContent{}, state};
      const Article article = parse_article(planned.file.path, std::move(bytes), window_);
      return {document_of(article, state), state, article.encoding != Encoding::utf8, article.date};
    } catch (const DateOutsideError& error) {
      return {FileFailure{.path = planned.file.path, .reason = error.reason(), .message = replace_invalid_utf8(error.what()), .date_outside = true}, {}};
    } catch (const ArticleError& error) {
      return {FileFailure{planned.file.path, error.reason(), replace_invalid_utf8(error.what())}, {}};
    }
  }

  Prepared prepare_stored(const PlannedFile& planned) {
    try {
      if (!stored_) stored_.emplace(generation_);
      const StoredArticle stored = stored_->read(planned.stored, planned.file.path);
      return {document_of(stored.article, stored.state), stored.state};
    } catch (const ArticleError& error) {
      return {FileFailure{planned.file.path, error.reason(), replace_invalid_utf8(error.what())}, {}};
    }
  }

  PreparedDocument document_of(const Article& article, const FileState& state) {
    const Record record = extractor_.extract(article);
    PreparedDocument prepared{maker_.make(article, record, state), {}};
    for (const auto& facet : kFacets) {
      if (facet.has_ordinals) prepared.facets[static_cast<std::size_t>(facet.facet)] = facet_values(record, facet.facet);
    }
    return prepared;
  }

  ArticleReader reader_;
  const Extractor& extractor_;
  RateLimit* rate_;
  std::optional<DateWindow> window_;
  std::filesystem::path generation_;
  std::optional<StoredArticles> stored_;
  DocumentMaker maker_;
};

// Writes outcomes in order and counts them.
class Applier {
 public:
  Applier(const RunRequest& request, IndexWriter& writer, RunReport& report) : request_(request), writer_(writer), report_(report), tomorrow_(today_of(request) + std::chrono::days{1}) {}

  void apply(const PlannedFile& planned, Prepared prepared) {
    if (prepared.failure) note(std::move(*prepared.failure));
    if (auto* document = std::get_if<PreparedDocument>(&prepared.outcome)) write(planned, std::move(*document), prepared);
    else if (std::holds_alternative<SameContent>(prepared.outcome)) touch(planned, prepared.state);
    else fail(planned, std::get<FileFailure>(std::move(prepared.outcome)));
    if (writer_.pending() >= request_.documents_a_commit) writer_.commit();
  }

 private:
  void write(const PlannedFile& planned, PreparedDocument document, const Prepared& prepared) {
    if (prepared.decoded) count(report_.decoded, "decoded", planned.file.path);
    const bool moved = !planned.moved_from.empty() && prepared.state.hash == planned.hash;
    if (!moved && prepared.date > tomorrow_) report_.future_dates.push_back({planned.file.path, prepared.date});
    if (planned.document == 0) {
      writer_.add(std::move(document));
      count(report_.added, "added", planned.file.path);
      return;
    }
    writer_.replace(planned.document, std::move(document));
    if (planned.moved_from.empty()) {
      count(report_.updated, "updated", planned.file.path);
    } else if (moved) {
      count(report_.moved, "moved", planned.file.path);
    } else {  // another file that happened to have the size and time of the vanished one
      count_removed(planned.moved_from);
      count(report_.added, "added", planned.file.path);
    }
  }

  void touch(const PlannedFile& planned, const FileState& state) {
    if (!planned.as_indexed) writer_.refresh_state(planned.document, state);
    ++report_.unchanged;
  }

  // A file that cannot be read says nothing of its content: what was indexed of it stays. One that is no article any more goes.
  void fail(const PlannedFile& planned, FileFailure failure) {
    if (planned.stored != 0 && failure.reason == BadArticle::unreadable) report_.lost.push_back(failure.message);
    if (!planned.on_disk) return;
    const bool moved = !planned.moved_from.empty();
    if (moved || failure.reason != BadArticle::unreadable) {
      if (planned.document != 0) writer_.remove(planned.document);
      if (planned.document != 0 || planned.stored != 0) {
        if (!moved) ++report_.no_articles;
        count_removed(moved ? planned.moved_from : planned.file.path);
      }
    }
    note(std::move(failure));
  }

  void note(FileFailure failure) {
    tell(request_, "failed", failure.path);
    report_.failures.push_back(std::move(failure));
  }

  void count_removed(const std::string& path) {
    count(report_.removed, "removed", path);
    name_removed(report_, path);
  }

  void count(std::uint64_t& counter, std::string_view what, const std::string& path) {
    ++counter;
    tell(request_, what, path);
  }

  const RunRequest& request_;
  IndexWriter& writer_;
  RunReport& report_;
  Day tomorrow_;
};

Day today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

// An alias file that lost most of its lines is refused, the night goes on with the old aliases.
void change_aliases(const RunRequest& request, IndexWriter& writer, RunReport& report) {
  if (!request.aliases) return;
  const UserAliases before = writer.user_aliases();
  report.alias_changes = alias_changes(before, *request.aliases);
  if (!are_too_many(report.alias_changes, before.size(), request.most_alias_changes)) return writer.set_user_aliases(*request.aliases);
  report.aliases_refused = fmt::format("{} of {} aliases would change ({} added, {} removed, {} changed); the old ones stay",
                                       report.alias_changes.all(), before.size(), report.alias_changes.added,
                                       report.alias_changes.removed, report.alias_changes.changed);
  if (request.folders.empty() && request.forget.empty() && !request.exclude) {
    throw Error(report.aliases_refused, fmt::format("if that is meant, run again with --max-alias-changes {}", report.alias_changes.all()));
  }
}

// Folders as they were spelt, and by their real path.
PathTree spellings(const std::vector<std::filesystem::path>& folders) {
  PathTree tree;
  for (const auto& folder : folders) {
    tree.add(spelt_path(folder));
    tree.add(real_path(folder));
  }
  return tree;
}

std::vector<std::string> unknown_folders(const std::vector<std::filesystem::path>& folders, const std::vector<IndexedEntry>& indexed) {
  std::vector<std::string> unknown;
  for (const auto& folder : folders) {
    const PathTree tree = spellings({folder});
    if (std::ranges::none_of(indexed, [&](const IndexedEntry& entry) { return tree.holds(entry.path); })) unknown.push_back(folder.string());
  }
  return unknown;
}

std::string command_line(const RunRequest& request, const std::string& more) {
  std::string line = fmt::format("dateline-index --db {}{} {}", shell_word(request.database.string()), request.rebuild ? " --rebuild" : "", more);
  for (const auto& folder : request.forget) line += " --forget " + shell_word(folder.string());
  for (const auto& folder : request.folders) line += ' ' + shell_word(folder.string());
  return line;
}

PlanOptions plan_options(const RunRequest& request) {
  return {.verify = request.verify_files,
          .retry_failed = request.retry_failed,
          .forget = spellings(request.forget),
          .call = [&request](const std::string& more) { return command_line(request, more); }};
}

// What the index is to remember after this run.
IndexSettings settings_after(const RunRequest& request, IndexSettings stored, RunReport& report) {
  stored.any_date = stored.any_date || request.any_date;
  if (!request.exclude) return stored;
  const auto missing = [](const ExcludeList& of, const ExcludeList& in) {
    return static_cast<std::size_t>(std::ranges::count_if(of, [&](const ExcludedPath& path) { return std::ranges::find(in, path) == in.end(); }));
  };
  report.exclude_changes = ExcludeChanges{request.exclude->size(), missing(*request.exclude, stored.exclude), missing(stored.exclude, *request.exclude)};
  stored.exclude = *request.exclude;
  return stored;
}

// Leaves out what is excluded, asks the disk for articles outside the folders, then plans.
UpdatePlan make_plan(const RunRequest& request, Archive& archive, const std::vector<IndexedEntry>& indexed,
                     const std::vector<FailedFile>& failed_before, const IndexSettings& settings, RunReport& report) {
  PlanOptions options = plan_options(request);
  options.exclude = excluded_paths(settings.exclude, archive);
  report.kept_out = leave_out(options.exclude, archive);
  Elsewhere elsewhere = look_elsewhere(archive, indexed, options, request.stop);
  for (auto& path : elsewhere.excluded) options.exclude.add(std::move(path));
  archive.respelt = std::move(elsewhere.respelt);
  report.forgot_nothing = unknown_folders(request.forget, indexed);
  report.lost_elsewhere = elsewhere.lost;
  report.lost_folders = std::move(elsewhere.forget);
  UpdatePlan plan = plan_update(archive, indexed, failed_before, request.removal_limit, options);
  if (request.stop && request.stop()) throw StoppedError("stopped");
  report.unchanged = plan.unchanged;
  report.elsewhere = plan.elsewhere;
  report.ignored = archive.ignored;
  report.unlisted = archive.unreadable;
  report.failed_before = plan.failed;
  report.offline = plan.offline;
  report.excluded = plan.excluded;
  return plan;
}

void remove_written(const std::vector<IndexedEntry>& entries, const RunRequest& request, IndexWriter& writer) {
  for (const auto& entry : entries) {
    writer.remove(entry.document);
    if (writer.pending() >= request.documents_a_commit) writer.commit();
  }
}

void remove_vanished(const std::vector<IndexedEntry>& entries, const RunRequest& request, IndexWriter& writer, RunReport& report) {
  remove_written(entries, request, writer);
  report.removed += entries.size();
  for (const auto& entry : entries) {
    name_removed(report, entry.path);
    tell(request, "removed", entry.path);
  }
}

// Of files by path.
const FailedFile* find_failed(const std::vector<FailedFile>& files, const std::string& path) {
  const auto at = std::ranges::lower_bound(files, path, {}, &FailedFile::path);
  return at != files.end() && at->path == path ? &*at : nullptr;
}

// What will be known as failed: this run's failures, those not looked at again, and those where it did not look. A file that
// could not be read is kept to be named by --stats --failed; the plan looks at it again each time.
std::vector<FailedFile> failures_after(const UpdatePlan& plan, const Archive& archive, const std::vector<FailedFile>& known,
                                       const std::vector<PlannedFile>& read, const RunReport& report) {
  std::map<std::string, FailedFile> failed;  // of two that say something of a path the first counts
  for (const auto& failure : report.failures) {
    const auto at = std::ranges::lower_bound(archive.entries, failure.path, {}, &ArchiveEntry::path);
    const bool is_file = at != archive.entries.end() && at->path == failure.path;
    const ArchiveEntry file = is_file ? *at : ArchiveEntry{};
    failed.emplace(failure.path, FailedFile{.path = failure.path, .size = file.size, .modified = file.modified,
                                            .reason = std::string(reason_code(failure.reason)), .changed = file.changed,
                                            .inode = file.inode, .date_outside = failure.date_outside, .since = failure.since});
  }
  for (const auto* files : {&plan.failed, &plan.failed_elsewhere}) {
    for (const auto& file : *files) failed.emplace(file.path, file);
  }
  for (std::size_t i = report.looked_at; i < read.size(); ++i) {  // the run was stopped before them
    if (const FailedFile* before = find_failed(known, read[i].file.path)) failed.emplace(before->path, *before);
  }
  std::vector<FailedFile> files;
  for (auto& [path, file] : failed) {
    if (file.since.empty()) file.since = to_string(today());
    files.push_back(std::move(file));
  }
  return files;
}

// A folder that cannot be listed fails as a file does that cannot be read.
void add_unlisted(RunReport& report) {
  for (const auto& folder : report.unlisted) {
    report.failures.push_back({folder, BadArticle::unreadable, replace_invalid_utf8(folder) + ": cannot be listed; what is indexed below it stays"});
  }
  std::ranges::sort(report.failures, {}, &FileFailure::path);
}

// What failed before for the same reason is not new.
void compare_failures(const std::vector<FailedFile>& before, RunReport& report) {
  for (auto& failure : report.failures) {
    const FailedFile* known = find_failed(before, failure.path);
    failure.is_new = known == nullptr || known->reason != reason_code(failure.reason);
    failure.since = failure.is_new || known->since.empty() ? to_string(today()) : known->since;
  }
}

// What the parts of a run share.
struct Run {
  const RunRequest& request;
  const Extractor& extractor;
  Archive& archive;  // of one scan; planning adds what it finds elsewhere
  const RunLock& lock;
  const IndexVersion version;  // what this program writes
};

// `stored`: the generation whose texts serve when a file cannot be read; "" for none.
void read_and_write(const std::vector<PlannedFile>& files, const Run& run, const IndexSettings& settings, IndexWriter& writer, RunReport& report, const std::filesystem::path& stored = {}) {
  const RunRequest& request = run.request;
  Applier applier(request, writer, report);
  const auto window = settings.any_date ? std::nullopt : std::optional(date_window(today_of(request)));
  RateLimit rate(request.verify_rate, request.stop);
  const auto make_producer = [&] {
    return [&, preparer = Preparer(run.archive, run.extractor, request.verify_files ? &rate : nullptr, window, stored)](std::size_t number) mutable { return preparer.prepare(files[number]); };
  };
  const auto consume = [&](std::size_t number, Prepared prepared) {
    applier.apply(files[number], std::move(prepared));
    ++report.looked_at;
    if (request.progress && !request.progress(number + 1, files.size())) report.stopped = true;
    return !report.stopped;
  };
  run_ordered<Prepared>(files.size(), request.threads, kWindow, make_producer, consume);
}

// The work is done: what cannot be looked at now costs the figure and no more.
void measure(const IndexWriter& writer, const RunRequest& request, RunReport& report) try {
  report.newest_article = writer.newest_article(today_of(request) + std::chrono::days{1});
  report.index_bytes = writer.bytes();
} catch (const std::exception& error) {
  report.warnings.push_back(fmt::format("the size of the index is not known: {}", error.what()));
}

// What is left to do when the articles are written: names, settings, the last commit and, when `finished`, the swap of a rebuild.
void conclude(const Run& run, bool finished, IndexWriter& writer, RunReport& report) {
  report.new_speakers = writer.new_names(Facet::speaker);
  report.new_places = writer.new_names(Facet::place);
  writer.set_country_names(run.extractor.country_names());
  change_aliases(run.request, writer, report);
  writer.set_failed_files(report.failing);
  report.documents = writer.document_count();
  if (finished) writer.finish();
  else writer.commit();
  measure(writer, run.request, report);
  report.warnings.insert(report.warnings.end(), writer.warnings().begin(), writer.warnings().end());
}

// What failed, beside what failed before.
void settle_failures(const UpdatePlan& plan, const Archive& archive, const std::vector<FailedFile>& known, const std::vector<PlannedFile>& read,
                     RunReport& report) {
  add_unlisted(report);
  compare_failures(known, report);
  report.failing = failures_after(plan, archive, known, read, report);
}

// Brings the index that readers see up to date, in place. `other`: it was made by other rules or with other tables.
void update(const Run& run, bool other, RunReport& report) {
  IndexWriter writer(run.request.database, run.lock, run.version, IndexWriter::Target::current);
  try {
    Stopwatch stage;
    const IndexSettings settings = settings_after(run.request, writer.settings(), report);
    const auto known = writer.failed_files();
    report.documents_before = writer.document_count();
    const UpdatePlan plan = make_plan(run.request, run.archive, writer.indexed(), known, settings, report);
    report.planning = stage.lap();
    writer.set_settings(settings);  // with the first commit: what is taken out stays out
    if (other && !plan.read.empty()) writer.mark_mixed();
    remove_vanished(plan.remove, run.request, writer, report);
    read_and_write(plan.read, run, settings, writer, report);
    report.writing = stage.lap();
    settle_failures(plan, run.archive, known, plan.read, report);
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
  if (std::string ended = end_of_reading_state(database); !ended.empty()) return {.state = {}, .unreadable = std::move(ended)};
  return {.state = read_indexed_state(database), .unreadable = ""};
} catch (const UnreadableError&) {
  throw;  // it may be read tomorrow
} catch (const Error& error) {
  return {.state = {}, .unreadable = error.what()};
}

// Of a rebuild that was stopped: readers see the old index still.
void tell_of_old(const std::filesystem::path& database, const std::string& generation,
                 RunReport& report) try {
  report.documents = report.documents_before;
  report.newest_article.clear();
  report.index_bytes = generation_bytes(database, generation);
} catch (const Error& error) {
  report.index_bytes = 0;
  report.warnings.push_back(fmt::format("the size of the index is not known: {}", error.what()));
}

// Writes all of it anew beside it, and swaps. A stopped one goes on in the next run.
void rebuild(const Run& run, RunReport& report) {
  Stopwatch stage;
  const OldIndex old = read_old(run.request.database);
  const std::string generation = current_generation(run.request.database).value_or("");
  RunRequest request = run.request;
  request.retry_failed = true;  // every file is read
  const IndexSettings settings = settings_after(request, old.state.settings, report);
  const UpdatePlan plan = make_plan(request, run.archive, old.state.entries, old.state.failed, settings, report);
  report.unchanged = 0;
  IndexWriter writer(run.request.database, run.lock, run.version, IndexWriter::Target::beside);
  try {
    const RebuildPlan todo = plan_rebuild(run.archive, old.state.entries, writer.indexed(), plan);
    report.planning = stage.lap();
    report.removed = plan.remove.size();
    report.documents_before = old.state.entries.size();
    for (const auto& entry : plan.remove) {
      name_removed(report, entry.path);
      tell(run.request, "removed", entry.path);
    }
    writer.set_settings(settings);
    remove_written(todo.remove, run.request, writer);
    read_and_write(todo.write, run, settings, writer, report, run.request.database / generation);
    report.writing = stage.lap();
    report.rebuild = report.stopped ? Rebuild::unfinished : Rebuild::done;
    if (!old.unreadable.empty()) report.lost.push_back(old.unreadable);
    if (!report.lost.empty()) writer.set_aside_old();
    settle_failures(plan, run.archive, old.state.failed, todo.write, report);
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
    if (std::find_if(report.failures.begin(), end, [&](const auto& one) { return one.path == failure.path; }) != end) continue;
    report.failures.push_back(std::move(failure));
  }
  std::ranges::sort(report.failures, {}, &FileFailure::path);
  report.failing = std::move(second.failing);
  report.failed_before = std::move(second.failed_before);  // none: a rebuild looks at all
}

// The second half of a night that found older rules or tables: the index was brought up to date as it is, and is now written anew
// beside itself. Whatever hinders that costs the night nothing.
void upgrade(const Run& run, RunReport& report) {
  if (report.stopped) {
    report.rebuild = Rebuild::unfinished;
    return;
  }
  if (!has_room(run.request.database, report.index_bytes)) {
    report.rebuild = Rebuild::no_room;
    report.warnings.push_back("no room for a second index: it goes on with older rules or tables");
    return;
  }
  RunRequest quiet = run.request;
  quiet.listener = {};
  quiet.verify_files = false;
  quiet.removal_limit = {.most = std::numeric_limits<std::uint64_t>::max()};  // update() has asked
  RunReport second;
  try {
    rebuild({quiet, run.extractor, run.archive, run.lock, run.version}, second);
  } catch (const StoppedError&) {
    report.stopped = true;
    report.rebuild = Rebuild::unfinished;
    return;
  } catch (const std::exception& error) {
    report.rebuild = Rebuild::failed;
    report.warnings.push_back(fmt::format("the index goes on with older rules or tables: its rebuild failed: {}", error.what()));
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
  take_failures(std::move(second), report);
  report.documents = second.documents;
  report.index_bytes = second.index_bytes;
}

// What a run has to do, by what it finds.
enum class Way : std::uint8_t { update, rebuild, upgrade };

struct Found {
  Way way = Way::update;
  std::string difference = {};  // from what this program writes, "" for none
};

[[noreturn]] void refuse(const RunRequest& request, const std::string& difference) {
  throw Error(fmt::format("{}: {}; nothing was changed", request.database.string(), difference),
              "rebuild the index with --rebuild, so that all articles are read alike");
}

// Absent when it cannot be read, which a rebuild survives.
std::optional<IndexVersion> version_of(const RunRequest& request) try {
  return translating_xapian_errors(request.database, [&] { return read_version(open_index(request.database)); });
} catch (const Error&) {
  if (!request.rebuild) throw;
  return std::nullopt;
}

Found look(const RunRequest& request, const IndexVersion& own) {
  if (!current_generation(request.database)) return {};
  if (!request.rebuild) require_no_damage(request.database);
  const auto found = version_of(request);
  if (found && found->schema > own.schema) {
    throw Error(fmt::format("{}: {}: a newer version of Dateline made it", request.database.string(), difference(*found, own)), "install that version");
  }
  if (request.rebuild) return {.way = Way::rebuild};
  if (!found) refuse(request, "its metadata holds no version: it is damaged");
  if (*found == own) return {.way = unfinished_rebuild(request.database, own) ? Way::upgrade : Way::update};
  const std::string differs = difference(*found, own);
  if (!request.upgrade) refuse(request, "was made with " + differs);
  if (found->schema == own.schema) return {.way = Way::upgrade, .difference = differs};
  if (!is_readable_schema(std::to_string(found->schema))) refuse(request, "was made with " + differs);
  return {.way = Way::rebuild, .difference = differs};
}

}  // namespace

DateWindow date_window(Day today) { return {kFirstPublication, today + kFarthestAhead}; }

RunReport run_index(const RunRequest& request, const Extractor& extractor) {
  if (request.folders.empty() && !request.forget.empty() && !current_generation(request.database)) {
    throw Error(fmt::format("{}: no index there", request.database.string()), "name the database with --db");
  }
  Stopwatch all;
  Stopwatch stage;
  Archive archive = scan_archive(request.folders, request.stop);
  RunReport report;
  report.scanning = stage.lap();
  if (!current_generation(request.database)) offline_folders(archive, {});  // no index is made of nothing
  prepare_database_folder(request.database);
  const RunLock lock(request.database, {request.wait, request.stop});
  if (request.started) request.started(lock);
  const Run run{request, extractor, archive, lock, own_version(extractor)};
  const Found found = look(request, run.version);
  report.upgraded_from = found.difference;
  if (found.way == Way::rebuild) rebuild(run, report);
  else update(run, !found.difference.empty(), report);
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
  const IndexedState state = found.way == Way::rebuild ? read_old(request.database).state : read_indexed_state(request.database);
  const UpdatePlan plan = make_plan(request, archive, state.entries, state.failed, settings_after(request, state.settings, report), report);
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
