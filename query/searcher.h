// Here is a question; which articles, and how many of each kind?
//
// Every search runs on one revision of the index. When an indexer commits or swaps generations
// meanwhile, the search is run again on the new revision, up to kTries times; what comes back is
// never a mixture.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "common/error.h"
#include "query/hits/result_set.h"
#include "query/search_request.h"

namespace dateline {

// The database cannot be read: exit status 3, never "no hits".
class DatabaseError : public Error {
  using Error::Error;
};

class Searcher {
 public:
  static constexpr int kTries = 5;

  // Throws DatabaseError when there is no index or it is of another version.
  explicit Searcher(std::filesystem::path database);
  ~Searcher();

  // Throws QueryError, DatabaseError.
  ResultSet search(const SearchRequest& request);

  // Every hit from the request's offset on, in pages of kPage; its limit is not looked at. `sink`
  // is called at least once and may take what it is given. Throws as search() does, and
  // DatabaseError when the index is overwritten after the first page.
  static constexpr std::size_t kPage = 500;
  void search_all(const SearchRequest& request, const std::function<void(ResultSet&)>& sink);

  // The article of that path, absolute or from the working directory; absent when it is not
  // indexed.
  std::optional<ShownArticle> show(const std::string& path);

 private:
  struct Revision;
  template <class Work>
  auto with_one_revision(Work&& work);

  std::filesystem::path path_;
  std::unique_ptr<Revision> revision_;
};

}  // namespace dateline
