#include "indexer/run/coverage.h"

namespace dateline {

Coverage::Coverage(const Archive& archive) {
  for (const auto& folder : archive.folders) {
    (folder.offline.empty() ? known_ : unknown_).add(folder.path);
    if (folder.given != folder.path) spelt_.emplace_back(folder.given, folder.path);
  }
  for (const auto& folder : archive.unreadable) unknown_.add(folder);
  for (const auto& respelling : archive.respelt) {
    respelt_.emplace(respelling.folder, respelling.scanned_as);
  }
}

Covered Coverage::of_real(std::string_view path) const {
  const std::string* known = known_.holder(path);
  const std::string* unknown = unknown_.holder(path);
  if (unknown != nullptr && (known == nullptr || unknown->size() >= known->size())) {
    return Covered::unknown;
  }
  return known != nullptr ? Covered::known : Covered::outside;
}

Covered Coverage::of(std::string_view path) const {
  const Covered real = of_real(path);
  if (real != Covered::outside || (spelt_.empty() && respelt_.empty())) return real;
  return of_real(scanned_name(path));
}

std::string Coverage::scanned_name(std::string_view path) const {
  if (of_real(path) == Covered::outside) {
    for (const auto& [given, real] : spelt_) {
      if (is_below(path, {given})) return real + std::string(path.substr(given.size()));
    }
    const auto slash = path.rfind('/');
    const auto found = slash == std::string_view::npos
                           ? respelt_.end()
                           : respelt_.find(std::string(path.substr(0, slash)));
    if (found != respelt_.end()) return found->second + std::string(path.substr(slash));
  }
  return std::string(path);
}

}  // namespace dateline
