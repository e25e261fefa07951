// When do two spellings name the same one, and which parts of a name may stand for it?
//
// "Antony J. Blinken" has the key "antony j blinken" and the runs antony, antony j, antony j blinken, j, j blinken, blinken. Index
// and query agree through these two functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// fold_name() without full stops, commas and quotation marks.
std::string name_key(std::string_view name);

// Every run of whole words of a key, parted by single blanks, each once, in byte order.
std::vector<std::string> name_runs(std::string_view key);

}  // namespace dateline
