// An indexed document as Xapian takes it, facet slots aside.
#pragma once

#include <xapian.h>

#include "indexer/write/indexed_document.h"

namespace dateline {

Xapian::Document to_xapian(const IndexedDocument& document);

}  // namespace dateline
