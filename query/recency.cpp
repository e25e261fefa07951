#include "query/recency.h"

#include <algorithm>
#include <cmath>

#include "common/packed_day.h"
#include "common/schema.h"
#include "query/index_reader.h"

namespace dateline {

RecencySource::RecencySource(Day today, double half_life, double most)
    : ValuePostingSource(static_cast<Xapian::valueno>(Slot::date)), today_(today), half_life_(half_life), most_(most) {}

double RecencySource::get_weight() const {
  const auto age = std::max<std::int64_t>(0, (today_ - unpack_day(get_value())).count());
  return most_ * std::exp2(-static_cast<double>(age) / half_life_);
}

RecencySource* RecencySource::clone() const { return new RecencySource(today_, half_life_, most_); }

void RecencySource::init(const Xapian::Database& database) {
  ValuePostingSource::init(database);
  set_maxweight(most_);
}

}  // namespace dateline
