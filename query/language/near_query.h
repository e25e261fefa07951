// `near:"Geneva,50km"`: around what, and how far?
//
// PLACE,DISTANCE or LATITUDE,LONGITUDE,DISTANCE; the distance in km or mi. A place's name may hold
// commas: "Paris, Texas, US,20mi".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dateline {

struct Point {
  double lat = 0;  // degrees, WGS 84
  double lon = 0;
  bool operator==(const Point&) const = default;
};

struct NearQuery {
  std::string place;  // as typed; "" when a point is given
  std::optional<Point> point;
  double kilometres = 0;  // over 0, at most kFarthestNear
  bool operator==(const NearQuery&) const = default;
};

// `position`: of the text in a query. Throws QueryError with what is no distance, latitude or
// longitude.
NearQuery parse_near_query(std::string_view text, std::size_t position);

// Along the surface of a sphere of the earth's mean radius (haversine).
double kilometres_between(Point a, Point b);

}  // namespace dateline
