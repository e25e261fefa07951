// When do two spellings name the same one, and which parts of a name may stand for it?
//
// "Antony J. Blinken" has the key "antony j blinken" and the runs antony, antony j, antony j
// blinken, j, j blinken, blinken; of "Ingrid Solheim-Aas" solheim and aas are runs as well. Index
// and query agree through these functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

// fold_name() without full stops, commas and quotation marks.
std::string name_key(std::string_view name);

// Every run of whole words of a key, parted by single blanks or hyphens, each once, in byte order;
// of a key of more than 32 words, which is no name, the whole alone.
std::vector<std::string> name_runs(std::string_view key);

// Is `part` one of the runs? With `begins`, the last of its words may go on. Both are keys.
bool has_part(std::string_view key, std::string_view part, bool begins);

}  // namespace dateline
