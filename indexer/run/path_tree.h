// Folders and files by path: which of them holds a path?
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace dateline {

class PathTree {
 public:
  // Absolute and normalised, without a / at the end. "" is left out: it would hold everything.
  void add(std::string path);

  bool empty() const { return paths_.empty(); }

  // The deepest path added that is `path` or lies above it; nullptr when none does.
  const std::string* holder(std::string_view path) const;
  bool holds(std::string_view path) const { return holder(path) != nullptr; }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> paths_;
};

}  // namespace dateline
