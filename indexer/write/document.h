// An article and its record -> the document that is indexed.
//
// Terms as common/store/FORMAT.md lists them. One DocumentMaker a thread: it keeps the stems of the
// words it has seen.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <unordered_map>

#include "common/article.h"
#include "common/record.h"
#include "indexer/database/file_state.h"
#include "indexer/write/indexed_document.h"

namespace dateline {

class DocumentMaker {
 public:
  IndexedDocument make(const Article& article, const Record& record, const FileState& state);

 private:
  void add_text(IndexedDocument& document, std::string_view text, std::string_view prefix,
                std::uint32_t& position);
  const std::string& stem_of(std::string_view word);

  struct WordHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>{}(word);
    }
  };
  Xapian::Stem stemmer_{"english"};
  std::unordered_map<std::string, std::string, WordHash, std::equal_to<>> stems_;
  std::string term_;
};

}  // namespace dateline
