// Newer articles first, without forgetting how well they match: --recent DAYS.
//
// An article published today gains half of the best score of the query; one DAYS older half of that, and so on. A clear match of last
// year stays before a faint one of yesterday.
#pragma once

#include <xapian.h>

#include "common/partial_date.h"

namespace dateline {

constexpr double kMostGain = 0.5;  // of the best score without it

// A weight for every document with a date of publication: `most` * 0.5^(age / half_life). Articles of the future count as of today.
class RecencySource : public Xapian::ValuePostingSource {
 public:
  // `half_life`: days, more than 0.
  RecencySource(Day today, double half_life, double most);

  double get_weight() const override;
  RecencySource* clone() const override;
  void init(const Xapian::Database& database) override;

 private:
  Day today_;
  double half_life_;
  double most_;
};

}  // namespace dateline
