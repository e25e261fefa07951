#include "common/article.h"

namespace dateline {

std::string_view to_string(Encoding encoding) {
  return encoding == Encoding::utf8 ? "utf-8" : "windows-1252";
}

}  // namespace dateline
