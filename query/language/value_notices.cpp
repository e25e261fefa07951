#include "query/language/value_notices.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "common/cli/shell_word.h"
#include "common/text/name_key.h"

namespace dateline {
namespace {

constexpr std::size_t kNamesListed = 20;
constexpr std::size_t kMostPersonsNamed = 10;  // of a surname; more are no question of which
constexpr std::size_t kPlacesSuggested = 3;

std::vector<std::string> written(Field field, std::vector<std::string> names) {
  for (auto& name : names) name = shell_word(as_written(field, name));
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

std::string several(const QueryNode& node, const std::string& names, const std::string& one) {
  return fmt::format("{} means {}; for one of them write {}", to_string(node), names,
                     shell_word(as_written(*node.field, one)));
}

std::vector<std::string> several_places(const QueryNode& node, const std::string& key,
                                        ValueLookup& values) {
  const auto names = values.names_meant(Field::place, key, false);
  const auto one = another_name(names, key);
  return names.size() > 1 && one ? std::vector{several(node, listed_values(names), *one)}
                                 : std::vector<std::string>{};
}

std::vector<std::string> several_persons(const QueryNode& node, const std::string& key,
                                         ValueLookup& values) {
  std::vector<std::string> notices;
  const auto fuller = written(*node.field, values.fuller_names(*node.field, key));
  if (!fuller.empty())
    notices.push_back(fmt::format("{} leaves out {}, quoted as well", to_string(node),
                                  fmt::join(fuller, " and ")));
  const auto names = values.names_meant(*node.field, key, false);
  const auto one = another_name(names, key);
  if (names.size() < 2 || names.size() > kMostPersonsNamed || !one) return notices;
  notices.push_back(several(
      node, fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back()),
      *one));
  return notices;
}

std::string unknown_country(const QueryNode& node, ValueLookup& values) {
  const bool known = !values.country_codes(name_key(node.text)).empty();
  return known ? ""
               : fmt::format("; {}: takes an ISO 3166-1 code or an English name",
                             info(*node.field).name);
}

std::string meant(const std::vector<std::string>& suggestions) {
  return suggestions.empty() ? ""
                             : fmt::format("; did you mean {}?", fmt::join(suggestions, " or "));
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

std::string listed_values(const std::vector<std::string>& names) {
  const auto shown = std::min(names.size(), kNamesListed);
  return fmt::format(
      "{}{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), " or "),
      names.size() > shown ? fmt::format(" or {} more", names.size() - shown) : "");
}

std::vector<std::string> suggested_values(const QueryNode& node, ValueLookup& values) {
  const Field field = *node.field;
  const std::string key = key_of_value(node);
  if (field == Field::place) return written(field, nearest_places(node.text, values));
  auto names = has_names(field) ? values.fuller_names(field, key) : std::vector<std::string>{};
  return written(field, names.empty() ? values.nearest(field, key) : names);
}

std::string unknown_value_notice(const QueryNode& node, const std::vector<std::string>& suggestions,
                                 ValueLookup& values) {
  std::string text = fmt::format("no article has {}{}", to_string(node), meant(suggestions));
  if (*node.field == Field::country || *node.field == Field::focus)
    text += unknown_country(node, values);
  if (*node.field == Field::path && !node.wildcard)
    text +=
        fmt::format("; {}: takes the whole path, or its beginning and *", info(Field::path).name);
  return text;
}

std::vector<std::string> suggested_centres(const QueryNode& node, const std::string& place,
                                           ValueLookup& values) {
  std::vector<std::string> names = nearest_places(place, values);
  for (auto& name : names)
    name = shell_word(as_written(Field::near, name + node.text.substr(node.text.rfind(','))));
  return names;
}

std::string unknown_place_notice(const std::string& place,
                                 const std::vector<std::string>& suggestions) {
  return fmt::format("near: no article names a place \"{}\"{}", place, meant(suggestions));
}

std::vector<std::string> ambiguity_notices(const QueryNode& node, const std::string& key,
                                           ValueLookup& values) {
  if (*node.field == Field::place) return several_places(node, key, values);
  return has_names(*node.field) ? several_persons(node, key, values) : std::vector<std::string>{};
}

}  // namespace dateline
