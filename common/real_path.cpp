#include "common/real_path.h"

#include <deque>
#include <system_error>

namespace dateline {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as the kernel has it

fs::path absolute_path(const fs::path& path) {
  std::error_code failure;
  const fs::path made = fs::absolute(path, failure);
  return failure ? path : made;
}

// Puts a path's components before those that wait.
void put_before(std::deque<fs::path>& waiting, const fs::path& path) {
  const fs::path relative = path.relative_path();
  waiting.insert(waiting.begin(), relative.begin(), relative.end());
}

}  // namespace

std::string real_path(const fs::path& path) {
  if (path.empty()) return "";
  std::deque<fs::path> waiting;
  put_before(waiting, absolute_path(path));
  fs::path real = "/";
  for (int links = 0; !waiting.empty();) {
    const fs::path name = std::move(waiting.front());
    waiting.pop_front();
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      real = real.parent_path();
      continue;
    }
    std::error_code failure;
    const fs::path target = fs::read_symlink(real / name, failure);
    if (failure || ++links > kMostLinks) {
      real /= name;
      continue;
    }
    if (target.is_absolute()) real = "/";
    put_before(waiting, target);
  }
  return real.string();
}

std::string spelt_path(const fs::path& path) {
  if (path.empty()) return "";
  std::string spelt = absolute_path(path).lexically_normal().string();
  while (spelt.size() > 1 && spelt.ends_with('/')) spelt.pop_back();
  return spelt;
}

}  // namespace dateline
