#include "common/text/terminal_text.h"

#include "common/text/unicode.h"

namespace dateline {
namespace {

bool is_bidirectional_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0x061C;
}

// LINE SEPARATOR and PARAGRAPH SEPARATOR: programs that split lines by Unicode's rules, as Python's
// splitlines(), end one there.
bool ends_line(char32_t c) { return c == 0x2028 || c == 0x2029; }

void append_harmless(std::string& out, char32_t c) {
  if (c < 0x20)
    append_utf8(out, 0x2400 + c);  // control pictures: ␛
  else if (c == 0x7F)
    append_utf8(out, 0x2421);
  else
    append_utf8(out, drives_terminal(c) ? 0xFFFD : c);
}

std::string made_harmless(std::string_view text, bool keep_lines) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    pos += c.bytes;
    if (c.value == '\n' && keep_lines)
      out += '\n';
    else if (c.value == '\r' && keep_lines)
      continue;
    else if (c.value == '\n' || c.value == '\t' || c.value == '\r' || ends_line(c.value))
      out += ' ';
    else
      append_harmless(out, c.value);
  }
  return out;
}

}  // namespace

bool drives_terminal(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || is_bidirectional_control(c) || ends_line(c);
}

std::string harmless(std::string_view text) { return made_harmless(text, false); }
std::string harmless_lines(std::string_view text) { return made_harmless(text, true); }

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    pos += c.bytes;
    columns += static_cast<std::size_t>(width_of(c.value));
  }
  return columns;
}

std::string fitted(std::string_view text, std::size_t columns, bool pad) {
  std::string out;
  std::size_t used = 0;
  const bool cut = columns_of(text) > columns;
  const std::size_t room = cut && columns > 0 ? columns - 1 : columns;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = code_point_at(text, pos);
    const auto width = static_cast<std::size_t>(width_of(c.value));
    if (used + width > room) break;
    out.append(text, pos, c.bytes);
    used += width;
    pos += c.bytes;
  }
  if (cut && columns > 0) {
    out += "…";
    ++used;
  }
  if (pad && used < columns) out.append(columns - used, ' ');
  return out;
}

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string counted(std::uint64_t number, std::string_view thing) {
  std::string text = with_commas(number) + ' ' + std::string(thing);
  if (number != 1) text += thing.ends_with('s') ? "es" : "s";
  return text;
}

}  // namespace dateline
