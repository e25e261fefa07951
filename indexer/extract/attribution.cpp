#include "indexer/extract/attribution.h"

namespace dateline {

Attribution attribute(const TokenizedText&, const std::vector<Quotation>&, const std::vector<NameMention>&, const Entities&, const Lexicon&) {
  return {};
}

}  // namespace dateline
