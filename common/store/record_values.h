// The values that a record gives each field of the index: a column of the schema.
//
// The record of `"We regret it," said Anna Lind in Oslo.` gives the field speaker "Anna Lind", the
// field place the place Oslo, the field country "NO". record_terms.h makes terms of them,
// facet_values.h what facets count.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "common/partial_date.h"
#include "common/record.h"

namespace dateline {

// By the field's kind: a name or a country's code, a place, a date. Points into the record.
using RecordValue = std::variant<std::string_view, const Place*, PartialDate>;
using RecordValues = std::vector<RecordValue>;

RecordValues speakers_of(const Record& record);
RecordValues organisations_of(const Record& record);  // speakers of that type
RecordValues places_of(const Record& record);
RecordValues countries_of(const Record& record);  // of the places, one for each
RecordValues focus_of(const Record& record);
RecordValues mentioned_dates(const Record& record);

// The years, months and days that hold a mentioned date wholly.
RecordValues mentioned_years(const Record& record);
RecordValues mentioned_months(const Record& record);
RecordValues mentioned_days(const Record& record);

}  // namespace dateline
