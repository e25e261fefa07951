#include "indexer/extract/quotation.h"

namespace dateline {

std::vector<Quotation> find_quotations(const TokenizedText&) { return {}; }

}  // namespace dateline
