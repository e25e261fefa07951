#include "indexer/extract/toponym.h"

namespace dateline {

Toponyms find_toponyms(const TokenizedText&, const std::vector<NameMention>&, const Lexicon&, const Gazetteer&) { return {}; }

}  // namespace dateline
