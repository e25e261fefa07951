#include "indexer/extract/date_expression.h"

namespace dateline {

std::vector<DateMentions> find_dates(const TokenizedText&, Day) { return {}; }

}  // namespace dateline
