// Who answers a search? A request goes in, a complete result comes out, and neither says where the
// articles are kept.
//
// SearchRequest and ResultSet name fields and values ("Anna Lind", 2023-03, a path); numbers that
// only one index knows, such as document ids and ordinals, never cross this line. An engine is a
// folder of its own and a line in open_engine(). One that joins several indexes hands each of them
// the statistics of all (SearchRequest::statistics).
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
 public:
  using Error::Error;
  explicit DatabaseError(const Error& cause) : Error(cause) {}
};

// THREADS: any number of them may call one engine at once; each call sees one state of the archive.
class Engine {
 public:
  virtual ~Engine() = default;

  // Throws QueryError, DatabaseError.
  virtual ResultSet search(const SearchRequest& request) = 0;

  // Every hit from the request's offset on, in pages of kPage; its limit is not looked at. `sink`
  // is called at least once and may take what it is given. Throws as search() does, and
  // DatabaseError when the index is overwritten after the first page.
  static constexpr std::size_t kPage = 500;
  virtual void search_all(const SearchRequest& request,
                          const std::function<void(ResultSet&)>& sink) = 0;

  // The article of that absolute path; absent when it is not indexed.
  virtual std::optional<ShownArticle> show(const std::string& path) = 0;
};

// The engine for a database, by what it is: today an index on this machine (searcher.h). Throws
// DatabaseError when there is no index or it is of another version.
std::unique_ptr<Engine> open_engine(const std::filesystem::path& database);

}  // namespace dateline
