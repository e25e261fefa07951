#include "common/text/name_key.h"

#include <catch2/catch.hpp>

using namespace dateline;

TEST_CASE("spellings of one name share a key") {
  CHECK(name_key("Antony  J. Blinken") == "antony j blinken");
  CHECK(name_key("José Ó Briain, Jr.") == "jose o briain jr");
  CHECK(name_key("William “Bill” Gates") == "william bill gates");
  CHECK(name_key("O’Hara") == name_key("O'Hara"));
}

TEST_CASE("every run of whole words stands for a name, each once") {
  CHECK(name_runs("ursula von leyen") == std::vector<std::string>{"leyen", "ursula", "ursula von",
                                                                  "ursula von leyen", "von",
                                                                  "von leyen"});
  CHECK(name_runs("sirhan sirhan") == std::vector<std::string>{"sirhan", "sirhan sirhan"});
  CHECK(name_runs("").empty());
}

TEST_CASE("the parts of a name with a hyphen stand for it") {
  CHECK(name_runs("ingrid solheim-aas") ==
        std::vector<std::string>{"aas", "ingrid", "ingrid solheim", "ingrid solheim-aas", "solheim",
                                 "solheim-aas"});
  CHECK(name_runs("-").empty());
  CHECK(name_runs("a - b") == std::vector<std::string>{"a", "a - b", "b"});
}

TEST_CASE("a part is a run of whole words; a beginning may end within the last") {
  CHECK(has_part("ingrid solheim-aas", "aas", false));
  CHECK(has_part("ingrid solheim-aas", "ingrid solheim", false));
  CHECK_FALSE(has_part("ingrid solheim-aas", "heim", false));
  CHECK_FALSE(has_part("ingrid solheim-aas", "sol", false));
  CHECK(has_part("ingrid solheim-aas", "sol", true));
  CHECK_FALSE(has_part("ingrid solheim-aas", "", true));
}
