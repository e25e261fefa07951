// A path in JSON: "path" as text, and "path_base64" beside it when its bytes are no UTF-8.
#pragma once

#include <string_view>

#include "common/base64.h"
#include "common/text/unicode.h"

namespace dateline {

// `Json`: an object of nlohmann/json.
template <class Json>
void add_path(Json& object, std::string_view path) {
  object["path"] = replace_invalid_utf8(path);
  if (!is_valid_utf8(path)) object["path_base64"] = encode_base64(path);
}

}  // namespace dateline
