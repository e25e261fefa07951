# A table of words -> a header with those of its first column, so that searching opens no data folder.
# cmake -D TABLE=stop_words.tsv -D NAME=kStopWords -D HEADER=stop_word_table.h -P word_table.cmake
# The table: a line that names its columns, then a word a line, in the order of their bytes.
file(STRINGS ${TABLE} lines ENCODING UTF-8)
set(before "")
set(number 0)
set(words "")
foreach(line IN LISTS lines)
  math(EXPR number "${number} + 1")
  if(number EQUAL 1)
    continue()
  endif()
  string(REGEX REPLACE "\t.*" "" line "${line}")
  if(NOT line MATCHES "^[^\r\"\\ ]+$")
    message(FATAL_ERROR "${TABLE}:${number}: \"${line}\" is no word")
  endif()
  if(NOT before STRLESS line)
    message(FATAL_ERROR "${TABLE}:${number}: \"${line}\" stands twice, or not in its order")
  endif()
  string(APPEND words "    \"${line}\",\n")
  set(before "${line}")
endforeach()
math(EXPR count "${number} - 1")
get_filename_component(table ${TABLE} NAME)
string(CONFIGURE [[
// Made by the build from @table@ (common/text/word_table.cmake): change that.
#pragma once

#include <array>
#include <string_view>

namespace dateline {

inline constexpr std::array<std::string_view, @count@> @NAME@ = {
@words@};

}  // namespace dateline
]] header @ONLY)
file(WRITE ${HEADER} "${header}")
