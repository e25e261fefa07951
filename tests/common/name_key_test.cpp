#include "common/name_key.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("spellings of one name share a key") {
  CHECK(name_key("Antony  J. Blinken") == "antony j blinken");
  CHECK(name_key("José Ó Briain, Jr.") == "jose o briain jr");
  CHECK(name_key("William “Bill” Gates") == "william bill gates");
  CHECK(name_key("O’Hara") == name_key("O'Hara"));
}

TEST_CASE("every run of whole words stands for a name, each once") {
  CHECK(name_runs("ursula von leyen") == std::vector<std::string>{"leyen", "ursula", "ursula von", "ursula von leyen", "von", "von leyen"});
  CHECK(name_runs("sirhan sirhan") == std::vector<std::string>{"sirhan", "sirhan sirhan"});
  CHECK(name_runs("").empty());
}
