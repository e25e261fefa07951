// Which places does the world have under this name?
//
// "Paris" is the capital of France (GeoNames 2988507) and a city in Texas (4717560); "Kiev" is an older name of Kyiv. Read once
// from data/, shared between threads, never changed.
#pragma once

#include <filesystem>

namespace dateline {

class Gazetteer {
 public:
  // Throws Error naming file and line.
  static Gazetteer load(const std::filesystem::path& data);
};

}  // namespace dateline
