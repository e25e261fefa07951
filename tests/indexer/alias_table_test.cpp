#include "indexer/write/alias_table.h"

#include <catch2/catch.hpp>

#include "indexer/write/user_aliases.h"

using namespace dateline;

TEST_CASE("a middle initial does not make another person; the commonest form is shown") {
  CHECK(make_alias_table({{"Antony Blinken", 9}, {"Antony J. Blinken", 2}, {"Anna Lind", 4}}) ==
        AliasTable{{"antony blinken", "Antony Blinken"}, {"antony j blinken", "Antony Blinken"}});
}

TEST_CASE("among equally common forms the longest is shown, then the first in byte order") {
  CHECK(make_alias_table({{"Ann Lee", 1}, {"Ann B. Lee", 1}}).at("ann lee") == "Ann B. Lee");
  CHECK(make_alias_table({{"Jose Diaz", 1}, {"JOSE DIAZ", 1}}).at("jose diaz") == "JOSE DIAZ");
}

TEST_CASE("two persons of one surname stay two, and so do two different initials") {
  CHECK(make_alias_table({{"Bill Clinton", 5}, {"Hillary Clinton", 7}}).empty());
  CHECK(make_alias_table({{"John A. Smith", 5}, {"John B. Smith", 7}, {"John Smith", 2}}).empty());
}

TEST_CASE("the user's aliases win, also over those a group would be shown under") {
  const std::vector<NameCount> names = {
      {"Antony Blinken", 5}, {"Antony J. Blinken", 2}, {"Tony Blinken", 1}, {"Energy", 3}};
  const auto table = make_alias_table(names, {{"antony blinken", "Tony Blinken"}, {"energy", ""}});
  CHECK(table == AliasTable{{"antony blinken", "Tony Blinken"},
                            {"antony j blinken", "Tony Blinken"},
                            {"energy", ""}});
}

TEST_CASE("a file of aliases: comments, chains, no name") {
  CHECK(parse_user_aliases("# ours\n\nA. Lind\tAnna  Lind\r\nAnna Lind\tAnna Lind-Berg\nEnergy\t\n",
                           "f") ==
        UserAliases{{"a lind", "Anna Lind-Berg"}, {"anna lind", "Anna Lind-Berg"}, {"energy", ""}});
  CHECK(stored_user_aliases(to_text(UserAliases{{"a", "B C"}, {"d", ""}})) ==
        UserAliases{{"a", "B C"}, {"d", ""}});
  CHECK_THROWS_WITH(parse_user_aliases("\nAnna Lind\n", "f"),
                    "f:2: not of the form \"name TAB canonical name\": Anna Lind");
  CHECK_THROWS_WITH(parse_user_aliases("A\tB\tC\n", "f"), Catch::Contains("f:1: not of the form"));
  CHECK_THROWS_WITH(parse_user_aliases(" \tB\n", "f"),
                    Catch::Contains("f:1: no name before the tab"));
  CHECK_THROWS_WITH(parse_user_aliases("A\tB\na\tC\n", "f"),
                    Catch::Contains("f:2: the name is there twice"));
  CHECK_THROWS_WITH(parse_user_aliases("A\tB\nB\tA\n", "f"),
                    Catch::Contains("leads back to itself"));
  CHECK_THROWS_WITH(parse_user_aliases("A\t\xff\n", "f"), Catch::Contains("is not UTF-8"));
}

TEST_CASE("changes of the user's aliases are counted, and too many are seen") {
  const auto aliases = [](int count, const std::string& name) {
    UserAliases made;
    for (int i = 0; i < count; ++i) made.emplace("name " + std::to_string(i), name);
    return made;
  };
  const auto refused = [](const UserAliases& before, const UserAliases& after,
                          std::optional<std::uint64_t> most = {}) {
    return are_too_many(alias_changes(before, after), before.size(), most);
  };
  CHECK(alias_changes({{"a", "A"}, {"b", "B"}, {"c", "C"}}, {{"b", "X"}, {"c", "C"}, {"d", "D"}}) ==
        AliasChanges{.added = 1, .removed = 1, .changed = 1});
  CHECK(refused(aliases(10, "A"), {}));
  CHECK_FALSE(refused(aliases(9, "A"), {}));
  CHECK_FALSE(refused(aliases(19, "A"), aliases(19, "B")));
  CHECK(refused(aliases(20, "A"), aliases(9, "A")));
  CHECK_FALSE(refused(aliases(20, "A"), aliases(10, "A")));
  CHECK(refused(aliases(20, "A"), aliases(20, "B")));
  CHECK_FALSE(refused({}, aliases(1000, "A")));
  CHECK_FALSE(refused(aliases(20, "A"), {}, 20));
  CHECK(refused(aliases(20, "A"), {}, 19));
}
