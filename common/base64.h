// Bytes that JSON cannot hold, such as a path that is not UTF-8 (RFC 4648, section 4).
#pragma once

#include <string>
#include <string_view>

namespace dateline {

std::string encode_base64(std::string_view bytes);

// Decodes up to the first character that is no digit of the alphabet ('=' among them).
std::string decode_base64(std::string_view text);

}  // namespace dateline
