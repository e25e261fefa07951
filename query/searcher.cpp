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

// What one search needs for itself.
struct Searcher::Seat {
  explicit Seat(const std::filesystem::path& path) : index(path), matcher(index) {}
  explicit Seat(std::shared_ptr<const Snapshot> snapshot)
      : index(std::move(snapshot)), matcher(index) {}
  IndexReader index;
  Matcher matcher;
};

namespace {

[[noreturn]] void throw_database_error(const std::filesystem::path& path,
                                       const Xapian::Error& error) {
  const DatabaseFault fault = database_fault(path, error);
  switch (fault.kind) {
    case FaultKind::changed:
      throw DatabaseError(fault.message, "it is written faster than it is read: run it again");
    case FaultKind::forbidden:
      throw DatabaseError(fault.message, Remedy{RemedyKind::read_as_another_user});
    case FaultKind::unreadable:
      throw DatabaseError(fault.message, "it could not be read now: run it again");
    default:
      throw DatabaseError(fault.message, Remedy{kDamageRemedy});
  }
}

}  // namespace

// The snapshot of the revision that is current now. Of threads that find it outdated one opens the
// next; the others wait.
std::shared_ptr<const Snapshot> Searcher::current() {
  std::shared_ptr<const Snapshot> known;
  {
    const std::lock_guard lock(mutex_);
    known = current_;
  }
  if (known && !known->outdated()) return known;
  const std::lock_guard lock(mutex_);
  if (current_ && current_ != known) return current_;
  free_.clear();
  current_.reset();
  auto seat = std::make_unique<Seat>(path_);
  current_ = seat->index.snapshot();
  free_.push_back(std::move(seat));
  return current_;
}

// The one used last is the first to be borrowed: what it read lately is at hand.
std::unique_ptr<Searcher::Seat> Searcher::borrow(const std::shared_ptr<const Snapshot>& snapshot) {
  {
    const std::lock_guard lock(mutex_);
    if (current_ == snapshot && !free_.empty()) {
      auto seat = std::move(free_.back());
      free_.pop_back();
      return seat;
    }
  }
  return std::make_unique<Seat>(snapshot);
}

void Searcher::give_back(std::unique_ptr<Seat> seat) {
  const std::lock_guard lock(mutex_);
  if (seat->index.snapshot() == current_) free_.push_back(std::move(seat));
}

// Searches that run on the snapshot keep it until they are done.
void Searcher::forget(const std::shared_ptr<const Snapshot>& snapshot) {
  const std::lock_guard lock(mutex_);
  if (current_ != snapshot) return;
  current_.reset();
  free_.clear();
}

// Runs `work` on the current revision, again when it was overwritten or replaced meanwhile. A seat
// is given back after a search and after a query that was refused; after damage its matcher's sums
// may be half done, and it goes.
template <class Work>
auto Searcher::with_one_revision(Work&& work) {
  for (int attempt = 1;; ++attempt) {
    std::shared_ptr<const Snapshot> snapshot;
    std::unique_ptr<Seat> seat;
    try {
      snapshot = current();
      seat = borrow(snapshot);
      auto result = work(*seat);
      give_back(std::move(seat));
      return result;
    } catch (const Xapian::DatabaseModifiedError& error) {
      forget(snapshot);
      if (attempt == kTries) throw_database_error(path_, error);
    } catch (const Xapian::DatabaseOpeningError&
                 error) {  // DatabaseNotFoundError is one: the generation was swapped
      forget(snapshot);
      if (attempt == kTries) throw_database_error(path_, error);
    } catch (const Xapian::Error& error) {
      forget(snapshot);
      throw_database_error(path_, error);
    } catch (const QueryError&) {
      if (seat) give_back(std::move(seat));
      throw;
    } catch (const Error& error) {
      forget(snapshot);
      throw DatabaseError(error);
    }
  }
}

Searcher::Searcher(std::filesystem::path database) : path_(std::move(database)) {
  with_one_revision([](Seat&) { return 0; });
}

Searcher::~Searcher() = default;

ResultSet Searcher::search(const SearchRequest& request) {
  return with_one_revision(
      [&](Seat& seat) { return Search(request, seat.index, seat.matcher).run_at_once(); });
}

void Searcher::search_all(const SearchRequest& request,
                          const std::function<void(ResultSet&)>& sink) {
  SearchRequest all = request;
  all.limit = std::numeric_limits<std::size_t>::max();
  bool given = false;
  with_one_revision([&](Seat& seat) {
    if (given)
      throw DatabaseError(
          fmt::format(
              "{}: the index was written twice while hits were listed; the list is not complete",
              path_.string()),
          "run it again");
    Search(all, seat.index, seat.matcher).run_in_pages(kPage, [&](ResultSet& page) {
      given = true;
      sink(page);
    });
    return 0;
  });
}

std::optional<ShownArticle> Searcher::show(const std::string& path) {
  return with_one_revision([&](Seat& seat) -> std::optional<ShownArticle> {
    const IndexReader& index = seat.index;
    const auto id = find_article(index, path, "");
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
