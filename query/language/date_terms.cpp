#include "query/language/date_terms.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/store/record_terms.h"
#include "common/store/schema.h"

namespace dateline {
namespace {

bool inside(DayRange inner, const DateInterval& outer) {
  return (!outer.first || *outer.first <= inner.first) &&
         (!outer.last || inner.last <= *outer.last);
}

// Does the value's month or year lie inside as well, and so stand for it?
bool stands_for_it(const PartialDate& value, const DateInterval& asked) {
  const DayRange days = days_of(value);
  for (const auto& holder : {month_value(days.first), year_value(days.first)}) {
    if (holder != value && days_of(holder).last >= days.last && inside(days_of(holder), asked))
      return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> publication_terms(const DateInterval& asked, const IndexReader& index) {
  const auto published = index.published();
  if (!published) return {};
  // Cut to whole years: a range that goes beyond the archive takes the term of a year, not of each
  // of its days.
  const Day first = days_of(year_value(published->first)).first;
  const Day last = days_of(year_value(published->last)).last;
  const DayRange days{std::max(asked.first.value_or(first), first),
                      std::min(asked.last.value_or(last), last)};
  std::vector<std::string> terms;
  if (days.first > days.last) return terms;
  for (const auto& part : cover(days)) terms.push_back(publication_term(part));
  return terms;
}

std::optional<Notice> outside_archive(const DateInterval& asked, const IndexReader& index) {
  const auto published = index.published();
  if (published && asked.first && *asked.first > published->last)
    return Notice{.kind = NoticeKind::after_archive,
                  .names = {to_string(day_value(published->last))}};
  if (published && asked.last && *asked.last < published->first)
    return Notice{.kind = NoticeKind::before_archive,
                  .names = {to_string(day_value(published->first))}};
  return std::nullopt;
}

std::vector<std::string> mention_terms(const DateInterval& asked, const IndexReader& index) {
  const std::string prefix{info(Field::mentions).prefix};
  const auto& database = index.database();
  std::vector<std::string> terms;
  for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
    const auto value = parse_partial_date((*term).substr(prefix.size()));
    if (value && inside(days_of(*value), asked) && !stands_for_it(*value, asked))
      terms.push_back(*term);
  }
  return terms;
}

}  // namespace dateline
