// Here is a question; which articles, and how many of each kind? The engine of one index on this
// machine.
//
// Every search runs on one revision of the index. When an indexer commits or swaps generations
// meanwhile, the search is run again on the new revision, up to kTries times, and then fails with
// DatabaseError; what comes back is never a mixture.
//
// THREADS: any number of them may search at once with one Searcher. They share the snapshot of the
// current revision (index/snapshot.h): columns and dictionaries are read once. Each search borrows
// a Seat - a reader's places in the tables and the matcher's room to add up in - which no other
// thread uses meanwhile, and gives it back; so there are as many as threads ever searched at once.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "query/engine.h"

namespace dateline {

class Snapshot;

class Searcher final : public Engine {
 public:
  static constexpr int kTries = 5;

  // Throws DatabaseError when there is no index or it is of another version.
  explicit Searcher(std::filesystem::path database);
  ~Searcher() override;

  ResultSet search(const SearchRequest& request) override;
  void search_all(const SearchRequest& request,
                  const std::function<void(ResultSet&)>& sink) override;
  std::optional<ShownArticle> show(const std::string& path) override;

 private:
  struct Seat;
  template <class Work>
  auto with_one_revision(Work&& work);
  std::shared_ptr<const Snapshot> current();
  std::unique_ptr<Seat> borrow(const std::shared_ptr<const Snapshot>& snapshot);
  void give_back(std::unique_ptr<Seat> seat);
  void forget(const std::shared_ptr<const Snapshot>& snapshot);

  const std::filesystem::path path_;
  std::mutex mutex_;  // guards what follows
  std::shared_ptr<const Snapshot> current_;
  std::vector<std::unique_ptr<Seat>> free_;  // all of the current snapshot
};

}  // namespace dateline
