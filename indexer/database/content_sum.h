// Is what is stored what was committed? One number for all documents that does not depend on their
// order.
//
// The sum, modulo 2^64, of a hash of each document's path and data; kept in the metadata and
// committed with the documents. Schema 4 had another hash (content_hash.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline {

class ContentSum {
 public:
  // Of no document, as an index of the schema sums them.
  explicit ContentSum(int schema) : schema_(schema) {}
  // Reads to_text(); anything else counts as no document.
  ContentSum(int schema, std::string_view text);

  void add(std::string_view path, std::string_view data);
  void remove(std::string_view path, std::string_view data);
  std::string to_text() const;  // 16 hexadecimal digits

 private:
  std::uint64_t hash(std::string_view path, std::string_view data) const;

  int schema_;
  std::uint64_t sum_ = 0;
};

}  // namespace dateline
