// What a terminal may be shown: control characters and escapes made visible, columns counted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline {

// Control characters: C0, DEL, C1, those that change the direction of writing, and Unicode's own
// line ends (U+2028, U+2029).
bool drives_terminal(char32_t c);

// Control characters (ESC, C1 and bidirectional overrides among them) become visible pictures or
// U+FFFD; line ends (Unicode's too) and tabs become blanks, invalid UTF-8 U+FFFD. What comes out
// cannot move the cursor or change colours.
std::string harmless(std::string_view text);

// The same, line ends kept.
std::string harmless_lines(std::string_view text);

// Columns a harmless text takes; wide East Asian characters count two, marks none.
std::size_t columns_of(std::string_view text);

// Cut to so many columns, with "…" when something was cut; padded with blanks when `pad`.
std::string fitted(std::string_view text, std::size_t columns, bool pad);

// 1234567 is 1,234,567.
std::string with_commas(std::uint64_t number);

// "1 article", "1,234 articles"; an alias makes aliases.
std::string counted(std::uint64_t number, std::string_view thing);

}  // namespace dateline
