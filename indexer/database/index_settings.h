// What the user told an index once, and it remembers.
#pragma once

#include "indexer/database/exclude_list.h"

namespace dateline {

constexpr const char* kAnyDateKey =
    "dateline.any-date";  // index metadata: "1" once --any-date was given
constexpr const char* kExcludeKey = "dateline.excluded";  // index metadata: exclude_list.h

struct IndexSettings {
  bool any_date = false;  // dates of publication are taken whatever they are
  ExcludeList exclude = {};
};

}  // namespace dateline
