// What a terminal may be shown: control characters and escapes made visible, columns counted.
#pragma once

#include <string>
#include <string_view>

namespace dateline {

// Control characters: C0, DEL, C1 and those that change the direction of writing.
bool drives_terminal(char32_t c);

// Control characters (ESC, C1 and bidirectional overrides among them) become visible pictures or U+FFFD; line ends and tabs become blanks,
// invalid UTF-8 U+FFFD. What comes out cannot move the cursor or change colours.
std::string harmless(std::string_view text);

// The same, line ends kept.
std::string harmless_lines(std::string_view text);

// Columns a harmless text takes; wide East Asian characters count two, marks none.
std::size_t columns_of(std::string_view text);

// Cut to so many columns, with "…" when something was cut; padded with blanks when `pad`.
std::string fitted(std::string_view text, std::size_t columns, bool pad);

}  // namespace dateline
