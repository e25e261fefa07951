#include "indexer/database/content_sum.h"

#include <fmt/format.h>

#include <charconv>

#include "common/store/schema.h"
#include "common/text/stable_hash.h"

namespace dateline {
namespace {

std::uint64_t hash(std::string_view path, std::string_view data) {
  return stable_hash(data, stable_hash(path));
}

}  // namespace

ContentSum::ContentSum(std::string_view text) {
  std::from_chars(text.data(), text.data() + text.size(), sum_, 16);
}

void ContentSum::add(std::string_view path, std::string_view data) { sum_ += hash(path, data); }
void ContentSum::remove(std::string_view path, std::string_view data) { sum_ -= hash(path, data); }
std::string ContentSum::to_text() const { return fmt::format("{:016x}", sum_); }

}  // namespace dateline
