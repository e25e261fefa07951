#include "common/cli/hint.h"

#include <catch2/catch.hpp>

namespace dateline {
namespace {

TEST_CASE("a refused run is asked again as it was, in words for a shell") {
  const RefusedRun run{
      .database = "/my db", .rebuild = true, .forget = {"/old news"}, .folders = {"/news", "it's"}};
  CHECK(hint_text({.kind = RemedyKind::allow_removals, .number = 7, .refused = run}) ==
        "if they are really gone: dateline-index --db '/my db' --rebuild --max-delete 7 --forget "
        "'/old news' /news 'it'\\''s'");
  CHECK(hint_text({.kind = RemedyKind::allow_removals, .number = 7}) ==
        "if they are really gone: run again with --max-delete 7");
}

TEST_CASE("an error's remedy is worded, and words of its own are passed on") {
  CHECK(hint_of(Error("damaged", Remedy{RemedyKind::rebuild})) ==
        "rebuild the index with --rebuild");
  CHECK(hint_of(Error("damaged", "run it again")) == "run it again");
  CHECK(hint_of(Error("damaged")).empty());
}

}  // namespace
}  // namespace dateline
