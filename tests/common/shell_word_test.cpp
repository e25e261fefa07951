#include "common/cli/shell_word.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("a text is quoted for a shell only where it must be, apostrophes too") {
  CHECK(shell_word("country:Norway") == "country:Norway");
  CHECK(shell_word("place:Zürich") == "place:Zürich");
  CHECK(shell_word("place:\"Geneva, CH\"") == "'place:\"Geneva, CH\"'");
  CHECK(shell_word("speaker:\"Ann O'Hara\"") == "'speaker:\"Ann O'\\''Hara\"'");
  CHECK(shell_word("organisation:R&D") == "'organisation:R&D'");
  CHECK(shell_word("$HOME `x`") == "'$HOME `x`'");
  CHECK(shell_word("") == "''");
}
