// Why a query was not understood, and where.
#pragma once

#include <string>

#include "common/error.h"

namespace dateline {

class QueryError : public Error {
 public:
  // `position`: byte offset in the query; std::string::npos when the whole query is meant.
  QueryError(const std::string& message, std::size_t position, std::string hint = "")
      : Error(message, std::move(hint)), position_(position) {}
  std::size_t position() const { return position_; }

 private:
  std::size_t position_;
};

}  // namespace dateline
