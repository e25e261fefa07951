#include "indexer/run/plan_application.h"

#include <chrono>
#include <optional>
#include <utility>

#include "indexer/run/article_preparer.h"
#include "indexer/run/ordered_pipeline.h"
#include "indexer/run/rate_limit.h"

namespace dateline {
namespace {

constexpr std::size_t kWindow = 256;  // prepared documents that may wait for the writer

void name_removed(RunReport& report, const std::string& path) {
  if (report.removed_paths.size() < kRemovedNamed) report.removed_paths.push_back(path);
}

// Writes outcomes in order and counts them.
class PlanApplier {
 public:
  PlanApplier(const RunRequest& request, Writer& writer, RunReport& report)
      : request_(request),
        writer_(writer),
        report_(report),
        tomorrow_(today_of(request) + std::chrono::days{1}) {}

  void apply(const PlannedFile& planned, PreparedArticle prepared) {
    if (prepared.failure) note(std::move(*prepared.failure));
    if (auto* document = std::get_if<IndexedDocument>(&prepared.outcome)) {
      write(planned, std::move(*document), prepared);
    } else if (std::holds_alternative<SameContent>(prepared.outcome)) {
      touch(planned, prepared.state);
    } else {
      fail(planned, std::get<FileFailure>(std::move(prepared.outcome)));
    }
    if (writer_.pending() >= request_.documents_a_commit) writer_.commit();
  }

 private:
  void write(const PlannedFile& planned, IndexedDocument document,
             const PreparedArticle& prepared) {
    count_encoding(prepared.encoding, planned.file.path);
    const bool moved = !planned.moved_from.empty() && prepared.state.hash == planned.hash;
    if (!moved && prepared.date > tomorrow_) {
      report_.future_dates.push_back({planned.file.path, prepared.date});
    }
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

  void count_encoding(Encoding encoding, const std::string& path) {
    if (encoding == Encoding::windows1252) count(report_.decoded, "decoded", path);
    if (encoding == Encoding::utf16) count(report_.decoded_utf16, "decoded", path);
    if (encoding == Encoding::utf8_with_errors) count(report_.mended, "mended", path);
  }

  void touch(const PlannedFile& planned, const FileState& state) {
    if (!planned.as_indexed) writer_.refresh_state(planned.document, state);
    ++report_.unchanged;
  }

  // A file that cannot be read says nothing of its content: what was indexed of it stays. One that
  // is no article any more goes.
  void fail(const PlannedFile& planned, FileFailure failure) {
    if (planned.stored != 0 && failure.reason == BadArticle::unreadable) {
      report_.lost.push_back(failure.message);
    }
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
  Writer& writer_;
  RunReport& report_;
  Day tomorrow_;
};

}  // namespace

void write_articles(const std::vector<PlannedFile>& files, const RunRequest& request,
                    const ArticleSources& sources, Writer& writer, RunReport& report) {
  PlanApplier applier(request, writer, report);
  const auto window =
      sources.settings.any_date ? std::nullopt : std::optional(date_window(today_of(request)));
  RateLimit rate(request.verify_rate, request.stop);
  const auto make_producer = [&] {
    RateLimit* const limit = request.verify_files ? &rate : nullptr;
    ArticlePreparer made(sources.archive, sources.extractor, limit, window, sources.stored);
    return [&, preparer = std::move(made)](std::size_t number) mutable {
      return preparer.prepare(files[number]);
    };
  };
  const auto consume = [&](std::size_t number, PreparedArticle prepared) {
    applier.apply(files[number], std::move(prepared));
    ++report.looked_at;
    if (request.progress && !request.progress(number + 1, files.size())) report.stopped = true;
    return !report.stopped;
  };
  run_ordered<PreparedArticle>(files.size(), request.threads, kWindow, make_producer, consume);
}

void remove_articles(const std::vector<IndexedEntry>& entries, const RunRequest& request,
                     Writer& writer) {
  for (const auto& entry : entries) {
    writer.remove(entry.document);
    if (writer.pending() >= request.documents_a_commit) writer.commit();
  }
}

void tell_removed(const std::vector<IndexedEntry>& entries, const RunRequest& request,
                  RunReport& report) {
  report.removed += entries.size();
  for (const auto& entry : entries) {
    name_removed(report, entry.path);
    tell(request, "removed", entry.path);
  }
}

}  // namespace dateline
