#include "indexer/database/content_sum.h"

#include <fmt/format.h>

#include <charconv>

#include "common/store/schema.h"
#include "common/text/stable_hash.h"
#include "indexer/database/content_hash.h"

namespace dateline {

ContentSum::ContentSum(int schema, std::string_view text) : schema_(schema) {
  std::from_chars(text.data(), text.data() + text.size(), sum_, 16);
}

std::uint64_t ContentSum::hash(std::string_view path, std::string_view data) const {
  if (schema_ < kXxhashSchema) return stable_hash(data, stable_hash(path));
  return content_hash(data, content_hash(path));
}

void ContentSum::add(std::string_view path, std::string_view data) { sum_ += hash(path, data); }
void ContentSum::remove(std::string_view path, std::string_view data) { sum_ -= hash(path, data); }
std::string ContentSum::to_text() const { return fmt::format("{:016x}", sum_); }

}  // namespace dateline
