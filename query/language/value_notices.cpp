#include "query/language/value_notices.h"

#include <algorithm>
#include <optional>

#include "common/text/name_key.h"

namespace dateline {
namespace {

constexpr std::size_t kMostPersonsNamed = 10;  // of a surname; more are no question of which
constexpr std::size_t kPlacesSuggested = 3;

std::vector<std::string> written(Field field, std::vector<std::string> names) {
  for (auto& name : names) name = as_written(field, name);
  return names;
}

// "Paris, France" of which the index knows "Paris, FR"
std::vector<std::string> places_before_comma(const std::string& text, ValueLookup& values) {
  const auto comma = text.find(',');
  if (comma == std::string::npos || name_key(text.substr(0, comma)).empty()) return {};
  auto names = values.names_meant(Field::place, name_key(text.substr(0, comma)), false);
  const auto codes = values.country_codes(name_key(text.substr(comma + 1)));
  const auto in_country = [&](const std::string& label) {
    return std::ranges::any_of(
        codes, [&](const std::string& code) { return label.ends_with(", " + code); });
  };
  std::ranges::stable_partition(names, in_country);
  if (names.size() > kPlacesSuggested) names.resize(kPlacesSuggested);
  return names;
}

std::vector<std::string> nearest_places(const std::string& text, ValueLookup& values) {
  auto names = places_before_comma(text, values);
  return names.empty() ? values.nearest(Field::place, name_key(text)) : names;
}

// The name that tells one of several from the others.
std::optional<std::string> another_name(const std::vector<std::string>& names,
                                        const std::string& key) {
  const auto one =
      std::ranges::find_if(names, [&](const std::string& name) { return name_key(name) != key; });
  return one == names.end() ? std::nullopt : std::optional(*one);
}

Notice several(NoticeKind kind, const QueryNode& node, std::vector<std::string> names,
               const std::string& one) {
  Notice notice = notice_of(kind, node);
  notice.names = std::move(names);
  notice.suggestions = {as_written(*node.field, one)};
  return notice;
}

std::vector<Notice> several_places(const QueryNode& node, const std::string& key,
                                   ValueLookup& values) {
  auto names = values.names_meant(Field::place, key, false);
  const auto one = another_name(names, key);
  if (names.size() < 2 || !one) return {};
  return {several(NoticeKind::several_places, node, std::move(names), *one)};
}

std::vector<Notice> several_persons(const QueryNode& node, const std::string& key,
                                    ValueLookup& values) {
  std::vector<Notice> notices;
  auto fuller = written(*node.field, values.fuller_names(*node.field, key));
  if (!fuller.empty()) {
    notices.push_back(notice_of(NoticeKind::fuller_names, node));
    notices.back().suggestions = std::move(fuller);
  }
  auto names = values.names_meant(*node.field, key, false);
  const auto one = another_name(names, key);
  if (names.size() < 2 || names.size() > kMostPersonsNamed || !one) return notices;
  notices.push_back(several(NoticeKind::several_persons, node, std::move(names), *one));
  return notices;
}

NoticeKind unknown_kind(const QueryNode& node, ValueLookup& values) {
  switch (*node.field) {
    case Field::date:
    case Field::mentions:
      return NoticeKind::unknown_date;
    case Field::path:
      return node.wildcard ? NoticeKind::unknown_value : NoticeKind::unknown_path;
    case Field::country:
    case Field::focus:
      return values.country_codes(name_key(node.text)).empty() ? NoticeKind::unknown_country
                                                               : NoticeKind::unknown_value;
    default:
      return NoticeKind::unknown_value;
  }
}

bool has_names(Field field) { return info(field).kind == FieldKind::name; }

}  // namespace

std::string key_of_value(const QueryNode& node) {
  if (*node.field != Field::place) return name_key(node.text);
  std::string text = node.text;
  for (auto comma = text.find(','); comma != std::string::npos; comma = text.find(',', comma + 1))
    text.insert(comma + 1, 1, ' ');
  return name_key(text);
}

Notice notice_of(NoticeKind kind, const QueryNode& node) {
  return {.kind = kind,
          .field = node.field ? std::string(info(*node.field).name) : "",
          .value = node.text + (node.wildcard ? "*" : ""),
          .position = node.position};
}

std::vector<std::string> suggested_values(const QueryNode& node, ValueLookup& values) {
  const Field field = *node.field;
  const std::string key = key_of_value(node);
  if (field == Field::place) return written(field, nearest_places(node.text, values));
  auto names = has_names(field) ? values.fuller_names(field, key) : std::vector<std::string>{};
  return written(field, names.empty() ? values.nearest(field, key) : names);
}

Notice unknown_value_notice(const QueryNode& node, const std::vector<std::string>& suggestions,
                            ValueLookup& values) {
  Notice notice = notice_of(unknown_kind(node, values), node);
  notice.suggestions = suggestions;
  return notice;
}

std::vector<std::string> suggested_centres(const QueryNode& node, const std::string& place,
                                           ValueLookup& values) {
  std::vector<std::string> names = nearest_places(place, values);
  const std::string radius = node.text.substr(node.text.rfind(','));
  for (auto& name : names) name = as_written(Field::near, name.append(radius));
  return names;
}

std::vector<Notice> ambiguity_notices(const QueryNode& node, const std::string& key,
                                      ValueLookup& values) {
  if (*node.field == Field::place) return several_places(node, key, values);
  return has_names(*node.field) ? several_persons(node, key, values) : std::vector<Notice>{};
}

}  // namespace dateline
