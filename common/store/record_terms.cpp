#include "common/store/record_terms.h"

#include <fmt/format.h>

#include "common/store/schema.h"
#include "common/text/name_key.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

// The terms of one field's values.
class FieldTerms {
 public:
  FieldTerms(const FieldInfo& field, std::string_view text, std::vector<std::string>& terms)
      : field_(field), text_(text), terms_(terms) {}

  void operator()(std::string_view name) {
    if (field_.kind == FieldKind::country) return add(field_.prefix, fold(name));
    const std::string key = name_key(name);
    add(field_.exact_prefix, key);
    for (const auto& run : name_runs(key)) add(field_.prefix, run);
  }

  void operator()(const Place* place) {
    add(field_.exact_prefix, fmt::format("{}", place->id));
    add(field_.prefix, name_key(place->name));
    add(field_.prefix, name_key(place->label));
    for (const Span mention : place->mentions) add(field_.prefix, name_key(slice(text_, mention)));
    if (is_local(*place)) return;  // what it is named beside is a place of the record itself
    for (const auto& parent : place->parents) add(field_.prefix, name_key(parent));
  }

  // The value itself, and the month and year that hold it wholly.
  void operator()(const PartialDate& date) {
    const DayRange days = days_of(date);
    add(field_.prefix, to_string(date));
    for (const auto& holder : {month_value(days.first), year_value(days.first)}) {
      if (days_of(holder).last >= days.last) add(field_.prefix, to_string(holder));
    }
  }

 private:
  void add(std::string_view prefix, std::string_view value) {
    if (!value.empty()) terms_.push_back(make_term(prefix, value));
  }

  const FieldInfo& field_;
  const std::string_view text_;
  std::vector<std::string>& terms_;
};

}  // namespace

std::vector<std::string> record_terms(const Record& record, std::string_view text) {
  std::vector<std::string> terms;
  for (const auto& field : kFields) {
    if (field.values == nullptr) continue;
    FieldTerms add(field, text, terms);
    for (const auto& value : field.values(record)) std::visit(add, value);
  }
  return terms;
}

std::string publication_term(const PartialDate& part) {
  if (part.unit == DateUnit::year) return fmt::format("{}{:04}", kYearPrefix, part.year);
  if (part.unit == DateUnit::month)
    return fmt::format("{}{:04}{:02}", kMonthPrefix, part.year, part.part);
  return fmt::format("{}{:04}{:02}{:02}", kDayPrefix, part.year, part.part, part.day);
}

std::string unique_term(std::string_view path) { return make_term(kUniquePrefix, path); }

}  // namespace dateline
