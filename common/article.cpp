#include "common/article.h"

#include <algorithm>
#include <array>

namespace dateline {
namespace {

// In the order of Encoding.
constexpr std::array<std::string_view, 4> kNames = {"utf-8", "windows-1252", "utf-16",
                                                    "utf-8 with errors"};

}  // namespace

std::string_view to_string(Encoding encoding) { return kNames[static_cast<std::size_t>(encoding)]; }

Encoding encoding_named(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  return found == kNames.end() ? Encoding::utf8 : static_cast<Encoding>(found - kNames.begin());
}

}  // namespace dateline
