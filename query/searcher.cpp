#include "query/searcher.h"

#include <fmt/format.h>
#include <xapian.h>

#include <limits>

#include "common/store/database_fault.h"
#include "query/index/index_reader.h"
#include "query/language/query_error.h"
#include "query/match/matcher.h"
#include "query/search.h"

namespace dateline {

// One revision, and what is kept in memory of it from search to search.
struct Searcher::Revision {
  explicit Revision(const std::filesystem::path& path) : index(path), matcher(index) {}
  IndexReader index;
  Matcher matcher;
};

namespace {

std::string hint_for(FaultKind kind) {
  switch (kind) {
    case FaultKind::changed:
      return "it is written faster than it is read: run it again";
    case FaultKind::forbidden:
      return "ask as a user who may read it, or name another with --db";
    case FaultKind::unreadable:
      return "it could not be read now: run it again";
    default:
      return "look for damage with dateline-index --check, rebuild with --rebuild";
  }
}

[[noreturn]] void throw_database_error(const std::filesystem::path& path,
                                       const Xapian::Error& error) {
  const DatabaseFault fault = database_fault(path, error);
  throw DatabaseError(fault.message, hint_for(fault.kind));
}

}  // namespace

// Runs `work` on a freshly opened revision, again when it was overwritten or replaced meanwhile.
template <class Work>
auto Searcher::with_one_revision(Work&& work) {
  for (int attempt = 1;; ++attempt) {
    try {
      if (revision_ && revision_->index.outdated()) revision_.reset();
      if (!revision_) revision_ = std::make_unique<Revision>(path_);
      return work(*revision_);
    } catch (const Xapian::DatabaseModifiedError& error) {
      revision_.reset();
      if (attempt == kTries) throw_database_error(path_, error);
    } catch (const Xapian::DatabaseOpeningError&
                 error) {  // DatabaseNotFoundError is one: the generation was swapped
      revision_.reset();
      if (attempt == kTries) throw_database_error(path_, error);
    } catch (const Xapian::Error& error) {
      revision_.reset();
      throw_database_error(path_, error);
    } catch (const QueryError&) {
      throw;
    } catch (const Error& error) {
      revision_.reset();
      throw DatabaseError(error.what(), error.hint());
    }
  }
}

Searcher::Searcher(std::filesystem::path database) : path_(std::move(database)) {
  with_one_revision([](Revision&) { return 0; });
}

Searcher::~Searcher() = default;

ResultSet Searcher::search(const SearchRequest& request) {
  return with_one_revision([&](Revision& revision) {
    return Search(request, revision.index, revision.matcher).run_at_once();
  });
}

void Searcher::search_all(const SearchRequest& request,
                          const std::function<void(ResultSet&)>& sink) {
  SearchRequest all = request;
  all.limit = std::numeric_limits<std::size_t>::max();
  bool given = false;
  with_one_revision([&](Revision& revision) {
    if (given)
      throw DatabaseError(
          fmt::format(
              "{}: the index was written twice while hits were listed; the list is not complete",
              path_.string()),
          "run it again");
    Search(all, revision.index, revision.matcher).run_in_pages(kPage, [&](ResultSet& page) {
      given = true;
      sink(page);
    });
    return 0;
  });
}

std::optional<ShownArticle> Searcher::show(const std::string& path) {
  return with_one_revision([&](Revision& revision) -> std::optional<ShownArticle> {
    const IndexReader& index = revision.index;
    const auto id = find_article(index, path);
    if (!id) return std::nullopt;
    auto stored = index.document(*id);
    return ShownArticle{.path = std::move(stored.record.path),
                        .title = std::move(stored.record.title),
                        .date = stored.record.date,
                        .encoding = stored.record.encoding,
                        .record = std::move(stored.record.record),
                        .text = std::move(stored.text),
                        .json = std::move(stored.json)};
  });
}

}  // namespace dateline
