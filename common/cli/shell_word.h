// A text as someone types it to a shell: what a hint or notice says can be pasted.
#pragma once

#include <string>
#include <string_view>

namespace dateline {

// 'place:"Geneva, CH"'; country:Norway stays as it is.
std::string shell_word(std::string_view text);

}  // namespace dateline
