// Where do title and paragraphs of an article stand that an index of schema 4 holds?
//
// Such an index is searched while an upgrade writes it anew. Its records do not say it; its
// articles were all dated text: a line with the date, then paragraphs between blank lines, of which
// the first begins with the title.
#pragma once

#include <string_view>

#include "common/record_json.h"

namespace dateline {

// Sets title_span, which is empty when the title does not stand there, and paragraphs, of which
// there are none when nothing is behind the first line.
void add_spans_of_schema_4(StoredRecord& record, std::string_view text);

}  // namespace dateline
