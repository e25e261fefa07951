// Why a query was refused, and where.
#pragma once

#include <exception>
#include <utility>

#include "query/notice.h"

namespace dateline {

// No Error: it has no words of its own (query/render/notice_text.h).
class QueryError : public std::exception {
 public:
  explicit QueryError(Notice why) : why_(std::move(why)) {}
  const Notice& why() const { return why_; }
  std::size_t position() const { return why_.position; }
  const char* what() const noexcept override { return "the query was refused"; }

 private:
  Notice why_;
};

}  // namespace dateline
