// Is what is stored what was committed? One number for all documents that does not depend on their
// order.
//
// The sum, modulo 2^64, of a hash of each document's path and data; kept in the metadata and
// committed with the documents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline {

class ContentSum {
 public:
  ContentSum() = default;
  // Reads to_text(); anything else counts as no document.
  explicit ContentSum(std::string_view text);

  void add(std::string_view path, std::string_view data);
  void remove(std::string_view path, std::string_view data);
  std::string to_text() const;  // 16 hexadecimal digits

 private:
  std::uint64_t sum_ = 0;
};

}  // namespace dateline
