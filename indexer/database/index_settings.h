// What the user told an index once, and it remembers.
#pragma once

#include "indexer/database/exclude_list.h"

namespace dateline {

struct IndexSettings {
  bool any_date = false;  // dates of publication are taken whatever they are
  ExcludeList exclude = {};
};

}  // namespace dateline
