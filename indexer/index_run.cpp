#include "indexer/index_run.h"

#include <fmt/format.h>

#include <variant>

#include "common/unicode.h"
#include "indexer/document.h"
#include "indexer/index_writer.h"
#include "indexer/ordered_pipeline.h"

namespace dateline {
namespace {

constexpr std::size_t kWindow = 256;          // prepared documents that may wait for the writer
constexpr std::uint64_t kBatch = 5'000;       // documents a commit: above 10,000 flushing gets slower and memory grows (XAPIAN.md)

struct SameContent {};                        // touched, not changed
using Outcome = std::variant<PreparedDocument, SameContent, FileFailure>;
struct Prepared {
  Outcome outcome;
  FileState state;
};

// One thread's way from a planned file to a document.
class Preparer {
 public:
  explicit Preparer(const Extractor& extractor) : extractor_(extractor) {}

  Prepared prepare(const PlannedFile& planned) {
    try {
      std::string bytes = read_article_file(planned.file.path);
      const FileState state{planned.file.size, planned.file.modified, stable_hash(bytes)};
      if (planned.document != 0 && state.hash == planned.hash) return {SameContent{}, state};
      const Article article = parse_article(planned.file.path, std::move(bytes));
      return {document_of(article, state), state};
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

  const Extractor& extractor_;
  DocumentMaker maker_;
};

// Writes outcomes in order and counts them.
class Applier {
 public:
  Applier(IndexWriter& writer, RunReport& report) : writer_(writer), report_(report) {}

  void apply(const PlannedFile& planned, Prepared prepared) {
    if (auto* document = std::get_if<PreparedDocument>(&prepared.outcome)) write(planned, std::move(*document));
    else if (std::holds_alternative<SameContent>(prepared.outcome)) touch(planned, prepared.state);
    else fail(planned, std::get<FileFailure>(std::move(prepared.outcome)));
    if (writer_.pending() >= kBatch) writer_.commit();
  }

 private:
  void write(const PlannedFile& planned, PreparedDocument document) {
    if (planned.document == 0) {
      writer_.add(std::move(document));
      ++report_.added;
    } else {
      writer_.replace(planned.document, std::move(document));
      ++report_.updated;
    }
  }

  void touch(const PlannedFile& planned, const FileState& state) {
    writer_.refresh_state(planned.document, state);
    ++report_.unchanged;
  }

  // A file that cannot be read says nothing of its content: what was indexed of it stays. One that is no article any more goes.
  void fail(const PlannedFile& planned, FileFailure failure) {
    if (planned.document != 0 && failure.reason != BadArticle::unreadable) {
      writer_.remove(planned.document);
      ++report_.removed;
    }
    report_.failures.push_back(std::move(failure));
  }

  IndexWriter& writer_;
  RunReport& report_;
};

void remove_vanished(const UpdatePlan& plan, IndexWriter& writer, RunReport& report) {
  for (const auto& entry : plan.remove) {
    writer.remove(entry.document);
    ++report.removed;
    if (writer.pending() >= kBatch) writer.commit();
  }
}

void read_and_write(const UpdatePlan& plan, const RunRequest& request, const Extractor& extractor, IndexWriter& writer, RunReport& report) {
  Applier applier(writer, report);
  const auto make_producer = [&] {
    return [&, preparer = Preparer(extractor)](std::size_t number) mutable { return preparer.prepare(plan.read[number]); };
  };
  const auto consume = [&](std::size_t number, Prepared prepared) {
    applier.apply(plan.read[number], std::move(prepared));
    if (request.progress && !request.progress(number + 1, plan.read.size())) report.stopped = true;
    return !report.stopped;
  };
  run_ordered<Prepared>(plan.read.size(), request.threads, kWindow, make_producer, consume);
}

std::string with_commas(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string shown_bytes(std::uint64_t bytes) {
  constexpr double kStep = 1000;
  double value = static_cast<double>(bytes);
  for (const auto* unit : {"bytes", "kB", "MB"}) {
    if (value < kStep) return fmt::format("{:.{}f} {}", value, value < 10 && unit[0] != 'b' ? 1 : 0, unit);
    value /= kStep;
  }
  return fmt::format("{:.1f} GB", value);
}

}  // namespace

RunReport run_index(const RunRequest& request, const Extractor& extractor) {
  const auto begin = std::chrono::steady_clock::now();
  const Archive archive = scan_archive(request.folders);
  IndexWriter writer(request.database, extractor.fingerprint(), request.rebuild);
  const UpdatePlan plan = plan_update(archive, writer.indexed(), request.removal_limit);
  RunReport report;
  report.unchanged = plan.unchanged;
  report.elsewhere = plan.elsewhere;
  report.ignored = archive.ignored;
  report.unlisted = archive.unreadable;
  remove_vanished(plan, writer, report);
  read_and_write(plan, request, extractor, writer, report);
  if (report.stopped && request.rebuild) writer.commit();  // an unfinished rebuild is not shown to readers
  else writer.finish();
  report.rebuilt = request.rebuild && !report.stopped;
  report.documents = writer.document_count();
  report.index_bytes = writer.bytes();
  report.took = std::chrono::steady_clock::now() - begin;
  return report;
}

std::string summary(const RunReport& report) {
  std::string text;
  const auto add = [&](std::string_view what, std::uint64_t count) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", what, with_commas(count));
  };
  add("added", report.added);
  add("updated", report.updated);
  add("removed", report.removed);
  add("failed", report.failures.size());
  if (text.empty()) text = "nothing to do";
  text += fmt::format(", unchanged {} articles in {:.1f} s; index {}", with_commas(report.unchanged), report.took.count(), shown_bytes(report.index_bytes));
  return text;
}

}  // namespace dateline
