// A text for a terminal: marked words in colour, lines broken at blanks.
//
// "ferries from Oslo to the islands", "Oslo" marked, 16 columns and two blanks before each line: "
// ferries from" and "  Oslo to the". What could drive the terminal is made harmless; a word wider
// than a line is broken between characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/span.h"

namespace dateline {

// Escapes around marked text; both empty without colour.
struct Marking {
  std::string_view on;
  std::string_view off;
};

struct LineStyle {
  std::string first;    // before the first line; harmless
  std::string hanging;  // before the others
  std::size_t width;    // columns, first and hanging included
};

// Marks: bytes of the text, in order, none overlapping. At least one line. A last "…" never stands
// alone on a line.
std::vector<std::string> wrapped(std::string_view text, const std::vector<Span>& marks,
                                 const LineStyle& style, Marking marking);

// One line of so many columns, ended by "…" when something was cut.
std::string cut_to(std::string_view text, const std::vector<Span>& marks, std::size_t columns,
                   Marking marking);

}  // namespace dateline
