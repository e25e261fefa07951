#include "indexer/index_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "common/real_path.h"
#include "common/shell_word.h"
#include "common/unicode.h"
#include "indexer/article_reader.h"
#include "indexer/document.h"
#include "indexer/elsewhere.h"
#include "indexer/generation.h"
#include "indexer/index_writer.h"
#include "indexer/indexed_state.h"
#include "indexer/ordered_pipeline.h"
#include "indexer/rate_limit.h"

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

// One thread's way from a planned file to a document.
class Preparer {
 public:
  Preparer(const Archive& archive, const Extractor& extractor, RateLimit* rate, const std::optional<DateWindow>& window)
      : reader_(archive), extractor_(extractor), rate_(rate), window_(window) {}

  Prepared prepare(const PlannedFile& planned) {
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

 private:
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
  DocumentMaker maker_;
};

// Writes outcomes in order and counts them.
class Applier {
 public:
  Applier(const RunRequest& request, IndexWriter& writer, RunReport& report) : request_(request), writer_(writer), report_(report), tomorrow_(today_of(request) + std::chrono::days{1}) {}

  void apply(const PlannedFile& planned, Prepared prepared) {
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
      count(report_.removed, "removed", planned.moved_from);
      count(report_.added, "added", planned.file.path);
    }
  }

  void touch(const PlannedFile& planned, const FileState& state) {
    if (!planned.as_indexed) writer_.refresh_state(planned.document, state);
    ++report_.unchanged;
  }

  // A file that cannot be read says nothing of its content: what was indexed of it stays. One that is no article any more goes.
  void fail(const PlannedFile& planned, FileFailure failure) {
    const bool moved = !planned.moved_from.empty();
    if (planned.document != 0 && (moved || failure.reason != BadArticle::unreadable)) {
      writer_.remove(planned.document);
      count(report_.removed, "removed", moved ? planned.moved_from : planned.file.path);
    }
    tell(request_, "failed", planned.file.path);
    report_.failures.push_back(std::move(failure));
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

void remove_vanished(const UpdatePlan& plan, const RunRequest& request, IndexWriter& writer, RunReport& report) {
  for (const auto& entry : plan.remove) {
    writer.remove(entry.document);
    ++report.removed;
    tell(request, "removed", entry.path);
    if (writer.pending() >= request.documents_a_commit) writer.commit();
  }
}

// What will be known as failed: this run's failures, those not looked at again, and those where it did not look. A file that
// could not be read is kept to be named by --stats --failed; the plan looks at it again each time.
std::vector<FailedFile> failures_after(const UpdatePlan& plan, const Archive& archive, const RunReport& report) {
  std::vector<FailedFile> failed = plan.failed;
  failed.insert(failed.end(), plan.failed_elsewhere.begin(), plan.failed_elsewhere.end());
  for (const auto& failure : report.failures) {
    const auto at = std::ranges::lower_bound(archive.entries, failure.path, {}, &ArchiveEntry::path);
    failed.push_back({.path = failure.path, .size = at->size, .modified = at->modified, .reason = std::string(reason_code(failure.reason)),
                      .changed = at->changed, .inode = at->inode, .date_outside = failure.date_outside});
  }
  std::ranges::sort(failed);
  return failed;
}

void read_and_write(const Archive& archive, const UpdatePlan& plan, const IndexSettings& settings, const RunRequest& request, const Extractor& extractor, IndexWriter& writer, RunReport& report) {
  Applier applier(request, writer, report);
  const auto window = settings.any_date ? std::nullopt : std::optional(date_window(today_of(request)));
  RateLimit rate(request.verify_rate, request.stop);
  const auto make_producer = [&] {
    return [&, preparer = Preparer(archive, extractor, request.verify_files ? &rate : nullptr, window)](std::size_t number) mutable { return preparer.prepare(plan.read[number]); };
  };
  const auto consume = [&](std::size_t number, Prepared prepared) {
    applier.apply(plan.read[number], std::move(prepared));
    if (request.progress && !request.progress(number + 1, plan.read.size())) report.stopped = true;
    return !report.stopped;
  };
  run_ordered<Prepared>(plan.read.size(), request.threads, kWindow, make_producer, consume);
}

void write_index(Archive& archive, const RunRequest& request, const Extractor& extractor, IndexWriter& writer, RunReport& report) {
  Stopwatch stage;
  const IndexSettings settings = settings_after(request, writer.settings(), report);
  const UpdatePlan plan = make_plan(request, archive, writer.indexed(), writer.failed_files(), settings, report);
  report.planning = stage.lap();
  writer.set_settings(settings);  // with the first commit: what is taken out stays out
  remove_vanished(plan, request, writer, report);
  read_and_write(archive, plan, settings, request, extractor, writer, report);
  report.writing = stage.lap();
  report.given_up = report.stopped && writer.rebuilding();
  report.rebuilt = request.rebuild && !report.stopped;
  report.new_speakers = writer.new_names(Facet::speaker);
  report.new_places = writer.new_names(Facet::place);
  writer.set_country_names(extractor.country_names());
  if (request.aliases) writer.set_user_aliases(*request.aliases);
  writer.set_failed_files(failures_after(plan, archive, report));
  if (!report.given_up) writer.finish();
  report.documents = writer.document_count();
  report.index_bytes = writer.bytes();
  if (report.given_up) writer.abandon();
  report.committing = stage.lap();
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
  IndexWriter writer(request.database, extractor.fingerprint(), request.rebuild, {request.wait, request.stop});
  try {
    write_index(archive, request, extractor, writer, report);
  } catch (...) {
    writer.abandon();
    throw;
  }
  report.took = all.lap();
  return report;
}

RunReport plan_run(const RunRequest& request, const std::string& data_fingerprint) {
  Stopwatch all;
  Archive archive = scan_archive(request.folders, request.stop);
  RunReport report;
  IndexedState state;
  if (!request.rebuild) state = read_indexed_state(request.database, data_fingerprint);
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
