// What the weight of a word is reckoned from, beside the article itself.
//
// An index that is searched alone knows all of it. One that is a part of a larger archive is handed
// the numbers of the whole, so that its weights can be compared with those of the other parts.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

namespace dateline {

struct Statistics {
  std::uint64_t documents = 0;
  double average_length = 1;  // of a document in words and terms, at least 1
  // Documents that have a term of the index (Ztreati), or any word that begins so (oil*). A term
  // that is not here is as frequent as the index says.
  std::unordered_map<std::string, std::uint64_t> frequencies = {};
};

}  // namespace dateline
