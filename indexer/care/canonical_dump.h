// Everything an index holds, in an order that does not depend on how it came about.
//
// Two indexes of the same archive and data give the same dump, whatever the history of runs:
// documents by path, their terms with frequencies and positions, values with ordinals decoded to
// names, record and text; then the names in use and the alias table. Document ids, ordinals and
// time stamps are left out. Text, for comparing; no format to parse.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace dateline {

// Hands over one line at a time, without line end. Throws Error.
void dump_index(const std::filesystem::path& database,
                const std::function<void(const std::string&)>& line);

}  // namespace dateline
