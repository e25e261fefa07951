#include "query/language/near_query.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "common/text/number.h"
#include "common/text/unicode.h"
#include "query/language/query_error.h"
#include "query/language/query_limits.h"

namespace dateline {
namespace {

constexpr double kEarthRadius = 6371.0088;  // km
constexpr double kKilometresAMile = 1.609344;

QueryError refusal(NoticeKind kind, std::string_view text, std::size_t position) {
  return QueryError({.kind = kind,
                     .field = "near",
                     .value = single_spaced(text),
                     .suggestions = {"near:\"Geneva,50km\"", "near:\"Paris, Texas,20mi\"",
                                     "near:\"46.2,6.15,50km\""},
                     .position = position,
                     .number = static_cast<std::uint64_t>(kFarthestNear)});
}

// Neither infinite nor "nan".
std::optional<double> finite_number(std::string_view text) {
  const auto number = parse_number<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

double parse_distance(std::string_view text, std::size_t position) {
  const std::string folded = fold_name(text);
  const bool miles = folded.ends_with("mi");
  const auto number = miles || folded.ends_with("km")
                          ? finite_number(single_spaced(folded.substr(0, folded.size() - 2)))
                          : std::nullopt;
  const double kilometres = number.value_or(0) * (miles ? kKilometresAMile : 1);
  if (kilometres > 0 && kilometres <= kFarthestNear) return kilometres;
  throw refusal(NoticeKind::no_kilometres, text, position);
}

// Absent when the text is no pair of numbers, but a name.
std::optional<Point> parse_point(std::string_view text, std::size_t position) {
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto lat = finite_number(single_spaced(text.substr(0, comma)));
  const auto lon = finite_number(single_spaced(text.substr(comma + 1)));
  if (!lat || !lon) return std::nullopt;
  if (std::abs(*lat) <= 90 && std::abs(*lon) <= 180) return Point{*lat, *lon};
  throw refusal(NoticeKind::no_point, text, position);
}

}  // namespace

NearQuery parse_near_query(std::string_view text, std::size_t position) {
  const auto comma = text.rfind(',');
  if (comma == std::string_view::npos)
    throw refusal(NoticeKind::near_without_distance, text, position);
  NearQuery near{.place = single_spaced(text.substr(0, comma)),
                 .point = parse_point(text.substr(0, comma), position),
                 .kilometres = parse_distance(text.substr(comma + 1), position)};
  if (near.place.empty()) throw refusal(NoticeKind::near_without_place, text, position);
  if (near.point) near.place.clear();
  return near;
}

double kilometres_between(Point a, Point b) {
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double y = std::sin(radians(b.lat - a.lat) / 2);
  const double x = std::sin(radians(b.lon - a.lon) / 2);
  return 2 * kEarthRadius *
         std::asin(std::sqrt(
             std::min(1.0, y * y + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * x * x)));
}

}  // namespace dateline
